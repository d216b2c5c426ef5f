from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.coder.placing.when import event_date
from dateline.coder.syntax.parse import parse
from dateline.lang.en.grammar.tense import tense_reader
from dateline.model import Block, Date, Report
from dateline.resolve.dates import find_dates

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

SUNDAY = "2020-01-19"


def date_of(nlp: Language, text: str, word: str, published: str | None = SUNDAY, nth: int = 0) -> Date | None:
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        start = text.index(paragraph, at)
        at = start + len(paragraph)
        blocks.append(Block(start, at, "paragraph"))
    parsed = parse(Report("r", text, tuple(blocks), published=published), nlp)
    dates = find_dates(text, published, tense_at=tense_reader(parsed.doc))
    trigger = [token for token in parsed.doc if token.text == word][nth]
    found, because = event_date(parsed, trigger, dates)
    if found is None:
        assert because is None
        return None
    assert because is not None
    assert because.field == "date"
    assert because.matched == found.quote == text[found.start : found.end]
    return found


@pytest.mark.parametrize(
    ("text", "word", "value"),
    [
        ("Police said on Monday that two men were killed in an attack on Friday.", "killed", "2020-01-17"),
        ("Two men were shot dead on Friday, police said on Saturday.", "shot", "2020-01-17"),
        ("Protesters marched and burned flags in the capital on Friday.", "marched", "2020-01-17"),
        ("Protesters marched and burned flags in the capital on Friday.", "burned", "2020-01-17"),
        ("Soldiers opened fire on a crowd on 3 May 2019, killing four people.", "killing", "2019-05-03"),
        ("Police arrested five men on Wednesday after Monday's attack.", "arrested", "2020-01-15"),
        ("Police arrested five men on Wednesday after Monday's attack.", "attack", "2020-01-13"),
        ("The rally took place in the city on Saturday.", "rally", "2020-01-18"),
        ("They will march on Friday.", "march", "2020-01-24"),
        ("At least 12 people died in clashes last week.", "clashes", "2020-01-06/2020-01-12"),
        ("The army shelled the village on Monday and rebels attacked a convoy on Tuesday.", "attacked", "2020-01-14"),
        ("The attack, which happened on Tuesday, wounded ten people.", "attack", "2020-01-14"),
        ("Between 3 May and 7 June 2019, troops shelled the town.", "shelled", "2019-05-03/2019-06-07"),
        ("Workers have been on strike since Tuesday.", "strike", "2020-01-14/.."),
        (
            "Police fired on crowds protesting against the law on Friday, and ten people were killed.",
            "fired",
            "2020-01-17",
        ),
        ("Soldiers fired on people who were protesting against the law on Friday night.", "fired", "2020-01-17"),
        ("A girl was taken to hospital after being shot by soldiers in a park on Friday.", "shot", "2020-01-17"),
        (
            "A girl was taken to hospital after being shot by a soldier in a park Friday, police said.",
            "shot",
            "2020-01-17",
        ),
        ("A man was shot in the street. It happened on Friday.", "shot", "2020-01-17"),
        ("The group withdrew on Sunday, a day after an airstrike destroyed its hospital.", "airstrike", "2020-01-18"),
        ("The group withdrew on Sunday, a day after an airstrike destroyed its hospital.", "destroyed", "2020-01-18"),
        ("The group withdrew on Sunday, a day after an airstrike destroyed its hospital.", "withdrew", "2020-01-19"),
        (
            "The union suspended the country on Thursday, three days after forces broke up a rally.",
            "rally",
            "2020-01-13",
        ),
        ("He was shot on Thursday, two days before the vote.", "vote", "2020-01-18"),
        ("Gunmen opened fire on 1 May 2019, and ten people were killed.", "killed", "2019-05-01"),
        ("On Wednesday it postponed a march that had been planned for 1 February.", "march", "2020-02-01"),
        ("A man was shot in the street. The shooting happened on Friday.", "shot", "2020-01-17"),
        ("The army shelled the village on the night of 5 January.", "shelled", "2020-01-05"),
        ("The army shelled the village in the first week of January.", "shelled", "2020-01"),
        ("The army shelled the village on Friday and Saturday.", "shelled", "2020-01-17/2020-01-18"),
        ("The army shelled the village on Monday and Thursday.", "shelled", "2020-01-13"),
        ("The army shelled the village in 2011 and 2012.", "shelled", "2011/2012"),
    ],
)
def test_an_event_has_the_date_of_its_own_clause(nlp: Language, text: str, word: str, value: str) -> None:
    found = date_of(nlp, text, word)
    assert found is not None
    assert found.edtf == value


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Two men were shot dead, police said on Saturday.", "shot"),
        ("Jane Roe, minister until November 2019, joined the rally.", "joined"),
        ("The governor till November 2019 said the rally was large.", "said"),
        ("The 2018 law banned strikes.", "banned"),
        ("The minister, who was appointed in 2018, condemned the raid.", "condemned"),
        ("After the attack on Monday, police arrested five men.", "arrested"),
        ("The court charged two men on Monday in the killing.", "killing"),
        ("Unions called off the rally on Tuesday. The rally was banned.", "rally"),
        ("Gunmen opened fire on 1 May 2019, and a trial will follow.", "trial"),
        ("The rally took place on Saturday. Deputies say he shot his brother.", "shot"),
        ("They fired tear gas on people who had been camping there since Tuesday.", "fired"),
        ("Police arrested a man on Wednesday in connection with the shooting.", "shooting"),
        ("Troops beat protesters for three hours every day.", "beat"),
        ("Troops recently beat protesters.", "beat"),
        ("Troops beat protesters.", "beat"),
    ],
)
def test_what_belongs_to_something_else_is_no_event_date(nlp: Language, text: str, word: str) -> None:
    assert date_of(nlp, text, word) is None


def test_a_quotation_keeps_its_dates_to_itself(nlp: Language) -> None:
    text = '"They beat us on Tuesday," she said at a protest.'
    assert date_of(nlp, text, "protest") is None
    beaten = date_of(nlp, text, "beat")
    assert beaten is not None
    assert beaten.edtf == "2020-01-14"


def test_the_same_day_is_told_by_what_happened_on_it(nlp: Language) -> None:
    text = "In the city, on the same day when the mayor spoke at the Friday meeting, young people tore up posters."
    found = date_of(nlp, text, "tore")
    assert found is not None
    assert (found.quote, found.edtf) == ("the same day", "2020-01-17")


def test_without_publication_a_weekday_is_kept_without_a_value(nlp: Language) -> None:
    found = date_of(nlp, "Protesters marched on Friday.", "marched", None)
    assert found is not None
    assert (found.quote, found.edtf, found.timex_value) == ("Friday", None, "XXXX-WXX-5")


def test_an_impossible_day_is_kept_without_a_value(nlp: Language) -> None:
    found = date_of(nlp, "A bomb killed ten people on 30 February 2020.", "killed")
    assert found is not None
    assert found.edtf is None
    assert "impossible" in found.basis


def test_the_day_of_an_attack_is_not_that_of_what_was_attacked(nlp: Language) -> None:
    text = "Troops attacked the march on Monday.\n\nThe march outlived the ruler."
    assert date_of(nlp, text, "march", nth=1) is None


def test_the_day_of_one_rally_is_not_that_of_another(nlp: Language) -> None:
    text = "Crowds tore up posters in the capital on Friday.\n\nSupporters abroad took part in a rally in the square."
    assert date_of(nlp, text, "rally") is None


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The court opened on Friday.", "past"),
        ("The court was opened on Friday.", "past"),
        ("The court has opened on Friday.", "past"),
        ("The court will open on Friday.", "future"),
        ("The court is expected to open on Friday.", "future"),
        ("The court is opening on Friday.", "future"),
        ("The court had been scheduled to open on Friday.", "past"),
        ("The court said it would open on Friday.", "future"),
        ("The court began to open on Friday.", "past"),
        ("Friday's hearing will decide.", None),
        ("Friday", None),
    ],
)
def test_tense(nlp: Language, text: str, tense: str | None) -> None:
    at = text.index("Friday")
    assert tense_reader(nlp(text))(at, at + len("Friday")) == tense


def test_tense_of_an_empty_text(nlp: Language) -> None:
    assert tense_reader(nlp(""))(0, 1) is None
