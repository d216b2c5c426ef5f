# ruff: noqa: E501 (the rows of a hand-made coding read best as rows)
"""Codings made by hand for the tests of exports: invented reports, every kind of value, and hostile text."""

from __future__ import annotations

from dataclasses import replace

from dateline.model import (
    Actor,
    Attribution,
    Because,
    Block,
    Chances,
    CoderInfo,
    Codes,
    Coding,
    Count,
    Date,
    EventMention,
    Evidence,
    LeftOut,
    Note,
    Participant,
    Place,
    Report,
    Span,
)

CODER = CoderInfo("dateline", "0.1.0", "plover 1.0")

HEADING = "Hundreds rally over water prices"
FIRST = (
    "Hundreds of residents marched through Lyon on 17 January 2020 against higher water prices, the city council said. "
    "Police detained at least 12 people near Bellecour, according to a lawyer for the residents."
)
SECOND = (
    "“The so-called rescuers beat two students,” the Water Forum said in a statement, adding that an officer had "
    "admitted that tear gas was fired. A council spokesman denied that anyone was beaten."
)
THIRD = "Organisers plan another march in Grenoble next month."
CAPTION = "Photo: residents in front of the town hall"
TEXT = "\n\n".join((HEADING, FIRST, SECOND, THIRD, CAPTION))


def at(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    """Where the words stand in the text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def water_report(**meta: str | None) -> Report:
    """A report with a heading, three paragraphs and a caption."""
    kinds = ("heading", "paragraph", "paragraph", "paragraph", "caption")
    blocks = [
        Block(*at(TEXT, part), kind) for part, kind in zip((HEADING, FIRST, SECOND, THIRD, CAPTION), kinds, strict=True)
    ]
    about = {
        "id": "water-1",
        "publisher": "Sample Courier",
        "title": HEADING,
        "published": "2020-01-19",
        "language": "en",
        "url": "https://courier.example/water",
    }
    return Report(text=TEXT, blocks=tuple(blocks), **(about | meta))


def water_coding(report: Report | None = None) -> Coding:
    """Six events: nested speakers, every modality but one, counts of several kinds, places with and without a point."""
    report = report or water_report()

    def span(words: str, nth: int = 0) -> Span:
        return report.span(*at(TEXT, words, nth))

    hundreds = at(TEXT, "Hundreds", 1)

    def who(words: str, actor: str | None = None, nth: int = 0) -> Participant:
        return Participant(*at(TEXT, words, nth), words, actor=actor)

    def proof(words: str) -> Evidence:
        start, end = at(TEXT, words)
        return Evidence(start, end, words, TEXT[max(0, start - 20) : start], TEXT[end : end + 20])

    lyon = Place(
        *at(TEXT, "Lyon"), "Lyon", "Lyon", 2996944, "FR", "Auvergne-Rhône-Alpes", 45.748, 4.847, "town",
        (Because("place", "the only populated place of this name near other places", "Lyon"),),
    )  # fmt: skip
    bellecour = Place(
        *at(TEXT, "Bellecour"), "Bellecour", "Bellecour, Lyon", 2996944, "FR", None, 45.748, 4.847, "site"
    )
    grenoble = Place(*at(TEXT, "Grenoble"), "Grenoble", "Grenoble", 3014728, "FR", None, 45.179, 5.715, "town")
    day = Date(*at(TEXT, "17 January 2020"), "17 January 2020", "2020-01-17", "day", "stated in full")
    month = Date(*at(TEXT, "next month"), "next month", "2020-02", "month", "from the publication date, 2020-01-19")
    first, second = (part + "." for part in FIRST.removesuffix(".").split(". "))
    third, fourth = (part + "." for part in SECOND.removesuffix(".").split(". "))
    return Coding(
        report=report,
        coder=CODER,
        events=(
            EventMention(
                "e1", "PROTEST", span("marched"), "demo", ("human_security",), Codes("14", "Peaceful protest", 4),
                (who("Hundreds of residents", "n1"),), (), lyon, day, "asserted",
                (Count(*hundreds, "Hundreds", "participants", None, None, None, ("a0", "a1")),),
                ("a0", "a1"), (proof(first),), (span("marched"), span("march", 1)), 0.81, Chances(type=0.95, actors=0.74, date=0.4),
                (Because("type", "plover: march (verb)", "marched"),),
            ),
            EventMention(
                "e2", "COERCE", span("detained"), "arrest", (), Codes("17", "Arrests", 4), (who("Police", "n2"),),
                (who("people"),), bellecour, day, "asserted",
                (Count(*at(TEXT, "at least 12 people"), "at least 12 people", "arrested", 12, 12, None),),
                ("a0", "a2"), (proof(second),), (span("detained"),), 0.97,
            ),
            EventMention(
                "e3", "ASSAULT", span("beat"), "beat", (), Codes("18", None, 4), (who("The so-called rescuers", "n3"),),
                (who("two students", "n4"),), None, None, "asserted",
                (Count(*at(TEXT, "two students"), "two students", "injured", 2, 2, 2, ("a0", "a3")),),
                ("a0", "a3"), (proof(third),), (span("beat"),), 0.7,
            ),
            EventMention(
                "e4", "ASSAULT", span("fired"), "crowd-control", (), Codes(), (), (), None, None, "possible", (),
                ("a0", "a3", "a4", "a5"), (proof(third),), (span("fired"),),
            ),
            EventMention(
                "e5", "ASSAULT", span("beaten"), "beat", (), Codes(), (), (who("anyone"),), None, None, "negated", (),
                ("a0", "a6"), (proof(fourth),), (span("beaten"),), 0.5,
            ),
            EventMention(
                "e6", "PROTEST", span("march", 1), "demo", (), Codes("14", None, 4), (who("Organisers", "n5"),), (),
                grenoble, month, "planned", (), ("a0",), (proof(THIRD),), (span("march", 1),), 0.6,
            ),
        ),
        attributions=(
            Attribution("a0"),
            Attribution("a1", span("the city council"), span("said"), (span(first.split(", the")[0]),), parent="a0"),
            Attribution("a2", span("a lawyer for the residents"), span("according to"), (span(second.split(", acc")[0]),), parent="a0", speaker="n6"),
            Attribution("a3", span("the Water Forum"), span("said in a statement"), (span("The so-called rescuers beat two students"), span("an officer had admitted that tear gas was fired")), "mixed", "a0", "n7"),
            Attribution("a4", span("an officer"), span("had admitted"), (span("tear gas was fired"),), "indirect", "a3"),
            Attribution("a5", None, span("was fired"), (span("fired"),), "indirect", "a4"),
            Attribution("a6", span("A council spokesman"), span("denied"), (span("anyone was beaten"),), "indirect", "a0", "n8"),
        ),
        places=(lyon, bellecour, grenoble),
        dates=(day, month),
        actors=(
            Actor("n1", "residents", "residents", "FR", "CVL", (span("Hundreds of residents"),)),
            Actor("n2", "police", None, "FR", "COP", (span("Police"),)),
            Actor("n3", "rescue workers", flags=('the report says "so-called"',), mentions=(span("The so-called rescuers"),)),
            Actor("n4", "two students", "students", None, "EDU"),
            Actor("n5", "organisers of the march"),
            Actor("n6", "a lawyer for residents"),
            Actor("n7", "Water Forum", None, None, "NGO"),
            Actor("n8", "spokesman of the city council", "spokesman", "FR", "GOV"),
        ),
        left_out=(
            LeftOut(*at(TEXT, "town hall"), "town hall", "place", "stands in a caption, which is not coded"),
            LeftOut(*at(TEXT, "statement"), "statement", "event", "saying is an attribution, not an event of the codebook"),
        ),
        suggestions=(
            EventMention(
                "e7", "CONSULT", span("admitted"), actors=(who("an officer"),), attribution=("a0", "a3"),
                evidence=(proof(third),), tellings=(span("admitted"),), chance=0.31, chances=Chances(type=0.4),
            ),
        ),
    )  # fmt: skip


def empty_coding(why: str = "No word of the report is a trigger of codebook plover.") -> Coding:
    """A report in which nothing was coded, with the note that says why."""
    text = "The market was quiet. Bread was sold out by noon."
    return Coding(
        Report("quiet-1", text, (Block(0, len(text), "paragraph"),), publisher="Sample Courier"),
        CODER,
        notes=(Note("no-trigger", why),),
    )


def hostile_coding() -> Coding:
    """Markup, quotes, control characters, lone surrogates, right-to-left text and a formula, in every text there is."""
    bad = "<img src=x onerror=alert(1)>\"'&</style></script>\x00\x1b[31m\u202egnp.exe\u2069\ud800 =1+1 שלום 🙂\u2028"
    text = f"=HYPERLINK(1) {bad} attacked {bad}\r\n{bad}"
    whole = (0, len(text), text)
    start = text.index("attacked")
    place = Place(*whole, name=bad, country="XX", lat=89.9, lon=-179.99, because=(Because("place", bad, bad),))
    row = EventMention(
        bad,
        type=bad,
        trigger=Span(start, start + 8, "attacked"),
        mode=bad,
        contexts=(bad,),
        actors=(Participant(*whole, actor=bad),),
        recipients=(Participant(*whole),),
        place=place,
        date=Date(*whole, edtf=bad, precision="day", basis=bad),
        counts=(Count(*whole, "killed", None, None, None),),
        attribution=(bad,),
        evidence=(Evidence(*whole, prefix=bad, suffix=bad),),
        tellings=(Span(*whole),),
        because=(Because(bad, bad, bad),),
    )
    return Coding(
        Report(
            bad, text, url="javascript:alert(1)", publisher=bad, title=bad, author=bad, published=bad, language="en"
        ),
        CoderInfo(bad, bad, bad, bad),
        events=(row,),
        attributions=(Attribution(bad, Span(*whole), Span(*whole), (Span(*whole), Span(*whole)), speaker=bad),),
        places=(place,),
        dates=(Date(*whole, edtf=None, precision="unknown", basis=bad),),
        actors=(Actor(bad, bad, bad, "XX", bad, flags=(bad,)),),
        left_out=(LeftOut(*whole, what="event", why=bad),),
        notes=(Note(bad, bad),),
        suggestions=(replace(row, id=f"{bad} again", chance=0.2),),
    )
