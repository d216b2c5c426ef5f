"""The numbers of people that a sentence tells: of whom, how many at least, at best and at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.coder.counts.find import find_counts
from dateline.intake import read_text
from dateline.model import Coding

if TYPE_CHECKING:
    from spacy.language import Language

    from dateline.coder.counts.phrases import FoundCount
    from dateline.coder.machine import MachineCoder

pytestmark = pytest.mark.model

KILLED = [
    ("Marta Ruel, 13, died after a neighbour shot her, police said.", "killed 1"),
    ("The shooting left a 13-year-old boy dead and six other people wounded.", "killed 1;injured 6"),
    ("Ansel, who lived nearby, was shot in the head and pronounced dead 20 minutes later.", "killed 1"),
    ("The accident claimed the life of a 12-year-old girl.", "killed 1"),
    ("The blast claimed the lives of 14 miners.", "killed 14"),
    ("A shooting left a six-year-old dead.", "killed 1"),
    ("The bodies of four men were found in a barn.", "killed 4"),
    ("Rangers found the body of a woman in the river.", "killed 1"),
    ("Deputies saw two bodies on the floor.", "killed 2"),
    ("Two women were deceased when medics arrived.", "killed 2"),
    ("One adult and two children are deceased.", "killed 3"),
    ("The guard suffered fatal injuries.", "killed 1"),
    ("A toddler sustained a fatal wound.", "killed 1"),
    ("She was taken to a clinic, where she passed away.", "killed 1"),
    ("The farmer later succumbed to his injuries.", "killed 1"),
    ("Two hikers lost their lives.", "killed 2"),
    ("He is charged in the fatal shooting of a teenager.", "killed 1"),
    ("He is charged with murder in the death of 15-year-old Ilan Brack.", "killed 1"),
    ("Two men are on trial over the woman's murder.", "killed 1"),
    ("A boy shot and killed an 11-year-old on Friday.", "killed 1"),
    ("The man is accused of shooting and killing a 17-year-old male.", "killed 1"),
    ("Two are dead and two are in critical condition after the raid.", "killed 2;injured 2"),
    ("One victim was pronounced dead at the scene.", "killed 1"),
    ("A man and his daughter were found dead in the cellar.", "killed 2"),
    ("Two children, ages 3 and 5, and their mother were found dead.", "killed 3"),
    ("A man was found fatally wounded.", "killed 1"),
    ("Three men were found shot to death in a van.", "killed 3"),
    ("He shot his wife before killing himself.", "killed 1"),
    ("The gunman then took his own life.", "killed 1"),
    ("She shot her brother and then committed suicide.", "killed 1"),
    ("Two of those men, Ivo Tarn and Ole Brandt, died.", "killed 2"),
    ("One of five people shot on Sunday has died.", "killed 1"),
    ("A third victim died on Tuesday.", "killed 1"),
    ("She shot three neighbours, one of them fatally.", "killed 1"),
    ("The suspect was shot dead by police.", "killed 1"),
    ("Nobody was killed in the fire.", "killed 0"),
    ("There were no casualties.", "killed 0;injured 0"),
    ("Police said 12 people were killed, including three children.", "killed 12"),
    ("Twelve people, including three children, were killed.", "killed 12"),
    ("Eight miners including three women were killed when the ridge fell.", "killed 8"),
    ("A further nine among them eight women and children were killed in the raids.", "killed 9"),
    ("At least 23 climbers among them eight guides and six cooks were killed Friday.", "killed 23-23-None"),
    ("Twenty clerks were hurt, two of whom died.", "injured 20;killed 2"),
    ("The raids near the town claimed more than 100 civilian lives including children.", "killed 100-100-None"),
    ("A total of 37 soldiers and 52 clerks were killed.", "killed 37;killed 52"),
    ("Also Wednesday 22 border guards were killed when the mine went off.", "killed 22"),
    ("Sun 05 Jul 2015 22 dead in raids on the harbour.", "killed 22"),
    ("They found 20-year-old Tom Brandt of Arden shot to death.", "killed 1"),
    ("At least six people were burnt alive in the barn.", "killed 6-6-None"),
    ("The forces destroyed over 60 fighters and three tanks.", "killed 60-60-None"),
    ("The guards destroyed 12 armoured vehicles.", ""),
    ("The attack killed 10 people, among them four nurses.", "killed 10"),
    ("Up to 40 miners were killed.", "killed None-40-40"),
    ("Killing at least seven, the storm moved north.", "killed 7-7-None"),
    ("The death toll rose to 31.", "killed 31"),
    ("Three people died and 14 were hurt.", "killed 3;injured 14"),
    ("A bomb killed a woman and her two sons.", "killed 3"),
    ("A man, 34, was killed.", "killed 1"),
    ("Her husband was killed; her son was hurt.", "killed 1;injured 1"),
    ("The clash left five dead and more than 20 injured.", "killed 5;injured 20-20-None"),
    ("Police said a woman had been stabbed to death.", "killed 1"),
    ("A stray bullet killed a girl, 5, and hurt her aunt.", "killed 1;injured 1"),
    ("Three people, two of them police officers, were shot dead.", "killed 3"),
    ("A child is dead after a gun went off.", "killed 1"),
    ("Police found both the man and the boy dead.", "killed 2"),
    ("Three people were shot, one of them fatally, and two others are in stable condition.", "killed 1;injured 2"),
    ("One person was killed and another injured.", "killed 1;injured 1"),
    ("The raid killed three people and injured a fourth.", "killed 3;injured 1"),
    ("Five people were shot, two fatally.", "killed 2"),
    ("The blast left one man dead and another man in critical condition.", "killed 1;injured 1"),
    ("Police say it was a murder-suicide.", "killed 2-None-None"),
    ("A boy was wounded and later died.", "killed 1"),
    ("Two killed in 6 raids: that is the record.", "killed 2"),
    ("Many were killed.", "killed vague"),
    ("A 16-year-old boy, one of three people hit by gunfire on Tuesday night has died, police announced.", "killed 1"),
    ("A woman has died, bringing the number of fatalities to three.", "killed 1;killed 3"),
    ("Ivo Tarn, the father of the 11-year-old who police say shot and killed a 3-year-old, was absent.", "killed 1"),
    ("Ole Brandt is charged with quintuple murder.", "killed 5"),
    ("Boy, 9, accidentally shot in the head dies.", ""),
    ("Six people, three men and three women, were killed.", "killed 6"),
    ("Photo 12 of 12 3 killed, 2 wounded in shooting.", "killed 3;injured 2"),
]
OTHERS = [
    ("A fourth victim was critically injured.", "injured 1"),
    ("A masked man gunned down four friends, who are in stable condition.", "injured 4"),
    ("Deputies found a man dead, as well as two injured students.", "killed 1;injured 2"),
    ("A woman was shot in the leg and a girl was shot in the shoulder.", "injured 1;injured 1"),
    ("A 25-year-old man was hit in his arm.", "injured 1"),
    ("The victim is in serious condition.", "injured 1"),
    ("Four others remain in critical condition.", "injured 4"),
    ("The boy is expected to survive.", "injured 1"),
    ("Three patients are recovering in hospital.", "injured 3"),
    ("The brawl landed a man in the hospital.", "injured 1"),
    ("Two boys were sent to the hospital.", "injured 2"),
    ("Five people were taken to Mercy Medical Center with gunshot wounds.", "injured 5"),
    ("Two people were treated for gunshot wounds.", "injured 2"),
    ("Shots left two juveniles with non-life-threatening injuries.", "injured 2"),
    ("A clerk was grazed by a bullet.", "injured 1"),
    ("Officers shot and wounded a robber.", "injured 1"),
    ("Police shot him in the foot.", "injured 1"),
    ("Four marines were shot, and all four survived.", "injured 4"),
    ("No one was hurt.", "injured 0"),
    ("No injuries were reported.", "injured 0"),
    ("None of the 20 children was injured.", "injured 0"),
    ("Between 20 and 30 protesters were arrested.", "arrested 20-None-30"),
    ("At least 15 people are missing.", "missing 15-15-None"),
    ("More than 3,000 families were displaced.", ""),
    ("More than 3,000 people were displaced by the flood.", "displaced 3000-3000-None"),
    ("Scores of people were injured.", "injured vague"),
    ("Dozens were arrested.", "arrested vague"),
    ("Several hundred people fled their homes.", "displaced vague"),
    ("Two others were wounded.", "injured 2"),
    ("Some 2,000 people marched.", "participants None-2000-None"),
    ("About 40,000 people have fled the valley.", "displaced None-40000-None"),
    ("Six fishermen have gone missing.", "missing 6"),
    ("Six fishermen were reported missing.", "missing 6"),
    ("Officers detained a 19-year-old woman.", "arrested 1"),
    ("Two men were taken into custody.", "arrested 2"),
    ("A dead bird lay there.", ""),
    ("It was the town's 79th homicide this year.", ""),
    ("Three counts of murder were filed.", ""),
    ("Nearly 200 villagers were uprooted.", "displaced None-200-200"),
    ("Fewer than ten people were hurt.", "injured None-None-10"),
    ("Two bystanders were struck by gunfire and are stable.", "injured 2"),
    ("A woman and a teenage girl are in the hospital in critical condition.", "injured 2"),
    ("Two other people were airlifted to an area hospital.", "injured 2"),
    ("A child was shot in the hand, but was not fatally wounded.", "injured 1"),
    ("A fourth victim is fighting for his life.", "injured 1"),
    ("A fourth victim remains hospitalized.", "injured 1"),
    ("It was an attempted murder-suicide.", ""),
    ("The teen was taken to hospital with life-threatening injuries.", "injured 1"),
    ("He was taken to hospital as a precaution.", ""),
    ("Four women, aged 20 to 31, were hurt.", "injured 4"),
    ("As many as 12 were wounded.", "injured None-12-12"),
    ("No fewer than 12 were wounded.", "injured 12-12-None"),
    ("Twelve to 15 people were wounded.", "injured 12-None-15"),
    ("Over 100 were wounded.", "injured 100-100-None"),
    ("Almost 100 were wounded.", "injured None-100-100"),
    ("Two dozen people were wounded.", "injured 24"),
    ("Tens of thousands of people marched.", "participants vague"),
    ("A crowd of 300 gathered.", "participants 300"),
]


def _told(found: FoundCount) -> str:
    """The kind and the number, or its low, best and high where they differ."""
    bounds = (found.low, found.best, found.high)
    if bounds == (None, None, None):
        return f"{found.kind} vague"
    whole = str(found.best) if found.low == found.best == found.high else "-".join(str(b) for b in bounds)
    return f"{found.kind} {whole}"


@pytest.mark.parametrize(("text", "expected"), [*KILLED, *OTHERS])
def test_a_sentence_tells_its_numbers(nlp: Language, text: str, expected: str) -> None:
    found = [count for sentence in nlp(text).sents for count in find_counts(sentence)]
    assert sorted(map(_told, found)) == sorted(expected.split(";") if expected else [])


def _coded(coder: MachineCoder, text: str) -> Coding:
    return coder.code(read_text(text, id="r", published="2024-05-06", language="en"))


def _counts(coding: Coding) -> list[tuple[str, int | None]]:
    return sorted((count.kind, count.best) for event in coding.events for count in event.counts)


def test_nobody_is_zero_and_silence_is_no_number(coder: MachineCoder) -> None:
    assert _counts(_coded(coder, "Gunmen attacked a bus near the border. No one was hurt.")) == [("injured", 0)]
    assert _counts(_coded(coder, "Gunmen attacked a bus near the border on Monday.")) == []


def test_a_denied_wound_is_no_wound(coder: MachineCoder) -> None:
    coding = _coded(coder, "Gunmen attacked a bus near the border. The driver was not hurt.")
    assert _counts(coding) == []
    assert any(left.what == "count" and left.quote == "The driver" for left in coding.left_out)


def test_two_speakers_figures_stay_apart_with_their_speakers(coder: MachineCoder) -> None:
    coding = _coded(
        coder,
        "Soldiers attacked the camp on Monday. The army said that 14 people were killed. "
        "The health ministry said that 22 people were killed.",
    )
    counts = [count for event in coding.events for count in event.counts if count.kind == "killed"]
    assert sorted(count.best or 0 for count in counts) == [14, 22]
    assert len({count.attribution for count in counts}) == 2


def test_a_number_over_a_year_is_left_out(coder: MachineCoder) -> None:
    coding = _coded(coder, "Gunmen killed two men on Monday. So far this year, 40 people have been killed in the city.")
    assert _counts(coding) == [("killed", 2)]
    assert any("a sum of many events" in left.why for left in coding.left_out)


def test_what_a_total_includes_is_not_counted_again(coder: MachineCoder) -> None:
    coding = _coded(coder, "A bomb killed 12 people, including three children, in the market on Monday.")
    assert _counts(coding) == [("killed", 12)]


def test_the_dead_of_accidents_belong_to_no_attack_told_elsewhere(coder: MachineCoder) -> None:
    text = "A man was shot dead in a bar on Monday.\n\nTwo of his friends were killed in a car crash in May."
    coding = _coded(coder, text)
    assert [count.quote for event in coding.events for count in event.counts] == ["A man"]
    assert [left.quote for left in coding.left_out if left.what == "count"] == ["Two"]


def test_wounds_tell_of_an_attack(coder: MachineCoder) -> None:
    coding = _coded(coder, "The farmer died of a gunshot wound at a clinic.")
    assert [(e.type, [c.quote for c in e.counts]) for e in coding.events] == [("ASSAULT", ["The farmer"])]
    coding = _coded(coder, "The farmer died of a self-inflicted gunshot wound at a clinic.")
    assert coding.events == ()
