"""Types that a user invents, each with three words and two examples, are found where reports word them otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.codebook import load_codebook, warnings
from dateline.codebook.check import check_codebook
from dateline.codebook.model import Frame, Trigger
from dateline.codebook.reading.derive import derived
from dateline.intake import read_text
from dateline.lang.en.derivation import nouns_of, verbs_of

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder

OWN = """\
name: own
version: "1"
extends: plover
types:
  - name: TEACHER_STRIKE
    definition: Teachers stop teaching to press a demand.
    gathering: true
    of: actor
    verbs:
      - {words: [walk out, strike], when: {subject: [teacher]}}
    nouns: [teachers' strike]
    examples:
      - text: Teachers in Oaxaca walked out of their classrooms on Monday.
        events: [{actors: [Teachers]}]
      - text: Four thousand teachers struck for higher pay in Harare.
        events: [{actors: [teachers]}]
  - name: PRISON_TRANSFER
    definition: People who are held are taken to another place of detention.
    verbs:
      - {words: [transfer, move], when: {object: [prisoner, detainee, inmate]}}
    nouns: [prison transfer]
    examples:
      - text: Guards transferred forty prisoners to a jail in the desert.
        events: [{actors: [Guards], recipients: [prisoners]}]
      - text: The detainees were moved to another prison at night.
        events: [{recipients: [detainees]}]
  - name: LAND_SEIZURE
    definition: Land is taken from those who live on it.
    verbs:
      - {words: [seize, grab, fence off], when: {object: [land, farm, plot, field]}}
    examples:
      - text: Soldiers seized the land of twenty families near Gulu.
        events: [{actors: [Soldiers], recipients: [families]}]
      - text: A company fenced off the fields of the village.
        events: [{actors: [company]}]
  - name: BORDER_BLOCKADE
    definition: A border crossing is closed by people who will not let others pass.
    verbs:
      - {words: [blockade, block], when: {object: [border, crossing]}}
    nouns: [border blockade]
    examples:
      - text: Truckers blockaded the border crossing at Kapikule.
        events: [{actors: [Truckers]}]
      - text: Farmers blocked the border at Medyka with tractors.
        events: [{actors: [Farmers]}]
  - name: FASTING
    definition: Someone refuses to eat to press a demand.
    of: actor
    verbs: [fast, {word: refuse, when: {object: [food, meal]}}]
    nouns: [hunger strike]
    examples:
      - text: Six prisoners began a hunger strike in Tacna.
        events: [{actors: [prisoners]}]
      - text: Detainees refused food in protest at their treatment.
        events: [{actors: [Detainees]}]
  - name: MUSEUM_THEFT
    definition: Objects are stolen from a museum or a gallery.
    verbs:
      - {word: steal, when: {from: [museum, gallery]}}
      - {word: rob, when: {object: [museum, gallery]}}
    nouns: [museum theft]
    examples:
      - text: Thieves stole three paintings from a museum in Ghent.
        events: [{actors: [Thieves]}]
      - text: Masked men robbed a gallery in Oslo.
        events: [{actors: [men], recipients: [gallery]}]
  - name: CATTLE_RAID
    definition: Cattle are driven off by force.
    verbs:
      - {words: [steal, drive off], when: {object: [cattle, cow, herd]}}
    nouns: [cattle raid]
    examples:
      - text: Raiders stole two hundred cows from a village near Pibor.
        events: [{actors: [Raiders]}]
      - text: Armed youths drove off the cattle of three families.
        events: [{actors: [youths]}]
"""

PARAPHRASES = [
    ("TEACHER_STRIKE", "A strike by teachers closed the schools of Harare on Monday."),
    ("TEACHER_STRIKE", "Primary school teachers in Oaxaca staged a walkout over unpaid wages."),
    ("TEACHER_STRIKE", "Teachers went on strike in Harare."),
    ("TEACHER_STRIKE", "The teachers' strike in Oaxaca entered its second week."),
    ("PRISON_TRANSFER", "Forty inmates were transferred from Bukavu to Goma on Friday."),
    ("PRISON_TRANSFER", "The transfer of two hundred detainees to the desert jail began on Sunday."),
    ("PRISON_TRANSFER", "Authorities carried out a transfer of prisoners from the capital."),
    ("PRISON_TRANSFER", "The ministry is moving inmates out of the flooded jail."),
    ("PRISON_TRANSFER", "Prisoner transfers resumed in Goma, the ministry said."),
    ("LAND_SEIZURE", "The seizure of their land left twenty families without crops."),
    ("LAND_SEIZURE", "Land was seized from farmers in Gulu by soldiers."),
    ("LAND_SEIZURE", "Villagers said that armed men had grabbed their farms."),
    ("LAND_SEIZURE", "The fields of the village were fenced off by a company on Tuesday."),
    ("LAND_SEIZURE", "A new land grab drove thirty families out of Gulu."),
    ("LAND_SEIZURE", "Settlers carried out land seizures near the river."),
    ("BORDER_BLOCKADE", "The crossing at Medyka was blocked by Polish farmers for a third day."),
    ("BORDER_BLOCKADE", "A blockade of the border crossing held up hundreds of trucks."),
    ("BORDER_BLOCKADE", "Truckers mounted a blockade at the Kapikule crossing."),
    ("BORDER_BLOCKADE", "Farmers began blocking the border with their tractors."),
    ("BORDER_BLOCKADE", "Hundreds of lorries queued because of a blockade at the border."),
    ("FASTING", "Twelve students are on hunger strike outside the parliament."),
    ("FASTING", "The jailed editor has refused all food since Monday."),
    ("FASTING", "Monks fasted in front of the court."),
    ("FASTING", "Detainees launched hunger strikes in two jails."),
    ("FASTING", "A fast by three monks entered its ninth day."),
    ("CATTLE_RAID", "A cattle raid near Pibor left two villages without herds."),
    ("CATTLE_RAID", "Two hundred cows were stolen from herders on Friday."),
    ("CATTLE_RAID", "The theft of cattle from the village led to a feud."),
    ("CATTLE_RAID", "Youths carried out raids on cattle camps."),
    ("MUSEUM_THEFT", "Three paintings were stolen from the city museum on Sunday."),
    ("MUSEUM_THEFT", "A theft from the museum in Ghent cost it three paintings."),
    ("MUSEUM_THEFT", "The gallery was robbed at gunpoint."),
    ("MUSEUM_THEFT", "Robbers carried out a robbery at a gallery in Oslo."),
    ("MUSEUM_THEFT", "Police investigate the robbery of the museum."),
]
NONE_OF_THEM = (
    "The company moved its office to Goma.",
    "Guards transferred the money to a bank.",
    "The museum opened a new gallery in Oslo.",
    "A strike by miners entered its second week.",
    "Soldiers seized rifles near Gulu.",
    "The union blocked the reform.",
    "The team made a fast start.",
    "Someone stole a bicycle from a shop.",
)


@pytest.fixture(scope="module")
def own(coder: MachineCoder, tmp_path_factory: pytest.TempPathFactory) -> MachineCoder:
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return type(coder)(load_codebook(path), coder.gazetteer, coder.nlp)


@pytest.mark.model
@pytest.mark.parametrize(("type", "text"), PARAPHRASES)
def test_a_paraphrase_of_an_example_is_found(own: MachineCoder, type: str, text: str) -> None:
    events = own.code(read_text(text)).events
    assert type in {e.type for e in events}, [(e.type, e.trigger.quote) for e in events]


@pytest.mark.model
def test_the_types_pass_their_own_examples_and_the_built_in_ones_still_do(own: MachineCoder) -> None:
    mine = {
        "TEACHER_STRIKE",
        "PRISON_TRANSFER",
        "LAND_SEIZURE",
        "BORDER_BLOCKADE",
        "FASTING",
        "MUSEUM_THEFT",
        "CATTLE_RAID",
    }
    result = check_codebook(own.codebook, lambda text: own.code(read_text(text)).events)
    assert [str(e) for e in result.failed if e.type in mine] == []
    assert warnings(own.codebook) == ()


@pytest.mark.model
@pytest.mark.parametrize("text", NONE_OF_THEM)
def test_words_in_other_company_are_none(own: MachineCoder, text: str) -> None:
    mine = {k.name for k in own.codebook.types if k.level}
    assert [(e.type, e.trigger.quote) for e in own.code(read_text(text)).events if e.type in mine] == []


@pytest.mark.model
def test_a_made_word_says_what_it_is_made_of(own: MachineCoder) -> None:
    (event,) = own.code(read_text("The seizure of their land left twenty families without crops.")).events
    rule = next(b.rule for b in event.because if b.field == "type")
    assert rule.startswith("LAND_SEIZURE: noun 'seizure', made of 'seize', (own.yaml:")


@pytest.mark.parametrize(
    ("verb", "noun"),
    [("seize", "seizure"), ("rob", "robbery"), ("evict", "eviction"), ("move", "movement"), ("deny", "denial"),
     ("deport", "deportation"), ("steal", "theft"), ("blockade", "blockade"), ("stab", "stabbing"),
     ("permit", "permission"), ("invade", "invasion"), ("shelter", "sheltering")],
)  # fmt: skip
def test_nouns_of_a_verb(verb: str, noun: str) -> None:
    assert noun in nouns_of(verb)


@pytest.mark.parametrize(
    ("noun", "verb"), [("seizure", "seize"), ("eviction", "evict"), ("theft", "steal"), ("robbery", "rob")]
)
def test_verbs_of_a_noun(noun: str, verb: str) -> None:
    assert verb in verbs_of(noun)


def test_a_noun_without_a_verbs_ending_has_no_verb() -> None:
    assert verbs_of("parade") == ()


def test_the_company_of_a_verb_is_that_of_its_noun() -> None:
    verb = Trigger("walk", "VERB", Frame(requires=(("particle", ("out",)), ("subject", ("nurse",)))))
    made = {t.lemma: t for t in derived([verb])}
    assert set(made) == {"walkout", "walk-out"}
    ((slot, words),) = made["walkout"].frame.requires
    assert ("by" in slot.split("/"), words) == (True, ("nurse",))


@pytest.mark.parametrize("slot", ["complement", "negation"])
def test_what_only_a_verb_can_have_gives_no_noun(slot: str) -> None:
    assert list(derived([Trigger("refuse", "VERB", Frame(requires=((slot, ("release",)),)))])) == []


def test_a_compound_is_taken_apart() -> None:
    made = {(t.lemma, t.pos): t.frame.requires for t in derived([Trigger("museum theft", "NOUN")])}
    assert made["theft", "NOUN"][0][1] == made["steal", "VERB"][0][1] == ("museum",)


def test_a_type_can_do_without(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        'name: own\nversion: "1"\ntypes: [{name: A, definition: b, verbs: [seize], derive: false}]\n', encoding="utf-8"
    )
    assert [t.lemma for t in load_codebook(path).types[0].triggers] == ["seize"]


def test_words_added_to_a_type_that_does_without_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        'name: own\nversion: "1"\nextends: plover\ntypes: [{name: PROTEST, verbs: [ululate]}]\n', encoding="utf-8"
    )
    lemmas = [t.lemma for k in load_codebook(path).types if k.name == "PROTEST" for t in k.triggers]
    assert [lemma for lemma in lemmas if lemma.startswith("ululat")] == ["ululate"]
