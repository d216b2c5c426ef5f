"""What the layout and the quotation marks add to the cues of the syntax, on sentences built by hand."""

from dateline.coder.attribution.find import find_candidates
from dateline.coder.attribution.layout import with_layout
from dateline.coder.attribution.quotations import with_quotations
from dateline.coder.syntax.model import Parse
from dateline.lang.quotation import Quotation
from dateline.model import Block, Report
from hand_built import built

SPOKEN = """
    "      "     ``   stay  punctuation
    We     we    PRP  stay  subject
    stay   stay  VBP  said  unclear
    here   here  RB   stay  adverb
    now    now   RB   stay  adverb
    "/2    "     ''   stay  punctuation
    Ada    Ada   NNP  said  subject
    said   say   VBD  -     root
"""


def parsed(table, *blocks, quotations=()):
    """A parse whose blocks and outermost quotations are given by their words, in the order of the text."""
    doc = built(table)

    def offsets(rows):
        at = 0
        for words in rows:
            at = doc.text.index(words, at)
            yield at, at + len(words)
            at += len(words)

    paragraphs = tuple(Block(a, b, "paragraph") for a, b in offsets(blocks or [doc.text]))
    quoted = tuple(Quotation(a, b, 0) for a, b in offsets(quotations))
    return Parse(Report("r", doc.text, paragraphs), doc, quoted)


def rows(parse):
    sentences = list(parse.sentences())
    return sentences, tuple(tuple(find_candidates(sentence)) for sentence in sentences)


def told(parse, found):
    return [[parse.report.text[slice(*span)] for span in c.spans] for row in found for c in row]


def test_a_quotation_is_given_to_the_cue_beside_it_and_the_rows_before_stay_as_they_were():
    parse = parsed(SPOKEN, quotations=['" We stay here now "'])
    sentences, before = rows(parse)
    assert told(parse, with_quotations(parse, sentences, before)) == [['" We stay here now "']]
    assert told(parse, before) == [[]]


def test_a_quoted_name_is_nobodys():
    short = "\n".join(line for line in SPOKEN.splitlines() if "here" not in line and "now" not in line)
    parse = parsed(short, quotations=['" We stay "'])
    sentences, before = rows(parse)
    assert told(parse, with_quotations(parse, sentences, before)) == [[]]


TALK = """
    ADA     Ada   NNP  stay    unclear
    :       :     :    stay    punctuation
    We      we    PRP  stay    subject
    stay    stay  VBP  -       root
    {second}
    :/2     :     :    leave   punctuation
    We/2    we    PRP  leave   subject
    leave   leave VBP  -       root
"""


def test_names_with_a_colon_are_speakers_where_there_are_two_in_capitals():
    parse = parsed(TALK.format(second="BEN Ben NNP leave unclear"), "ADA : We stay", "BEN : We leave")
    assert told(parse, with_layout(parse, *rows(parse))) == [["We stay"], ["We leave"]]
    parse = parsed(TALK.format(second="Note note NN leave unclear"), "ADA : We stay", "Note : We leave")
    assert told(parse, with_layout(parse, *rows(parse))) == []


def test_what_stands_under_a_colon_is_whose_the_sentence_above_says():
    table = """
        Ada    Ada    NNP  added  subject
        added  add    VBD  -      root
        :      :      :    added  punctuation
        We     we     PRP  stay   subject
        stay   stay   VBP  -      root
    """
    parse = parsed(table, "Ada added :", "We stay")
    sentences, before = rows(parse)
    after = with_layout(parse, sentences, before)
    assert told(parse, after) == [["We stay"]]
    assert told(parse, before) == [[]]
    quoted = parsed(table, "Ada added :", "We stay", quotations=["We stay"])
    assert told(quoted, with_layout(quoted, *rows(quoted))) == [[]]
