"""The rules by name, and how a broken one is told."""

from __future__ import annotations

RULES = {
    "coder-made": "A coder's factory takes the settings and gives an object with info, files and code_many.",
    "coder-answers": "A coder gives one coding a report, in order, of the report as it is, signed with its info.",
    "coder-hostile": "A coder raises for no text, however strange.",
    "coder-spans": "The words of every span are the report's text at its offsets.",
    "coder-same": "The same report has the same coding each time, alone and in company.",
    "coder-form": "A coding written as JSON and read again is the same.",
    "reader-made": "A reader has a form in words, endings as .xml, sniff and read.",
    "reader-sniff": "A reader's sniff says True or False of any bytes.",
    "reader-hostile": "A reader raises nothing but IntakeError, and gives reports, links and failures alone.",
    "reader-reads": "A reader gives at least one report, or a link to one, of a file of its form.",
    "reader-order": "The same bytes give the same reports, in the same order.",
    "reader-blocks": "Blocks lie in the text, in order, without overlap; the text holds no NUL and no half character.",
    "reader-ids": "Every report of a file has an id of its own.",
    "reader-evidence": "A reader takes its bytes with its source's data() or each_line(), so that they are kept first.",
    "shelf-put": "A mention that was put is there, under its keys, and putting it again changes nothing.",
    "shelf-under": "Under a key are the ids of its mentions, sorted, no more than asked for; no key without mentions.",
    "shelf-outlines": "The outline of a mention has the type and the days of what was put, or None where it has none.",
    "shelf-edges": "Edges lead from either end to the other, by the last score of the pair; a conflict leads nowhere.",
    "shelf-decisions": "Decisions come with either end, the oldest first, and all of them are kept.",
    "shelf-events": "A mention is in the event of its last link; an event without mentions is left out.",
    "shelf-withdraw": "A withdrawn mention is in no event, under no key and in no edge, and comes back when it is put.",
    "shelf-heirs": "A decision on a withdrawn mention comes with its heir in its place, or, without one, not at all.",
    "shelf-linking": "Linking on the shelf comes to the same, step by step, as linking in memory.",
    "language-made": "A language has a code of ISO 639, a name, and all that dateline.lang.base.Language lists.",
    "language-lexicon": "The lexicon reads without fault and has every list that the English one has, of its kind.",
    "language-links": "The pipeline parses any text, and every word hangs by one of dateline's links.",
    "language-clauses": "Every word has a clause, with its governor and all words that hang on it.",
    "language-tense": "The tense around any words is past, present, future or None.",
    "language-dates": "Dates are looked for in any text, and found in a sentence that names a day.",
}
"""What is asked of each part, by the name that a broken rule is told with."""


def hold(rule: str, truth: bool, found: str) -> None:
    """Raise :class:`AssertionError` that names the rule, unless it holds."""
    if not truth:
        raise AssertionError(f"{rule}: {RULES[rule]} Here it {found}.")
