"""The encoder: neighbours change nothing, a damaged file is told, and the rules code without it."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dateline.coder.encoder import network as encoder_module
from dateline.coder.encoder.network import MANIFEST, Encoder, default_encoder, default_folder, softmax
from dateline.coder.machine import MachineCoder
from dateline.coder.syntax.gate import Gate, sentence_ranges
from dateline.coder.syntax.parse import parse_many
from dateline.errors import EncoderError
from dateline.intake import Failure, read_path, read_text
from dateline.model import Coding, Report
from dateline.samples import sample_paths

LIMIT = 30_000_000
"""Bytes that the weights may take in the package."""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The encoder's files in a folder where they may be damaged."""
    return Path(shutil.copytree(default_folder(), tmp_path / "encoder"))


def test_the_files_are_small_and_have_a_card() -> None:
    assert sum(path.stat().st_size for path in default_folder().iterdir()) <= LIMIT
    card = (default_folder() / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "$" not in card
    assert "Limits" in card


@pytest.mark.parametrize("name", ["encoder.onnx", "pair.onnx", "tokenizer.json"])
def test_a_flipped_bit_is_told(copied: Path, name: str) -> None:
    contents = bytearray((copied / name).read_bytes())
    contents[len(contents) // 2] ^= 1
    (copied / name).write_bytes(contents)
    with pytest.raises(EncoderError, match=f"{name}.*damaged"):
        Encoder.load(copied)


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"sha256": {"nothing.onnx": "00"}}'])
def test_a_manifest_that_cannot_be_read_is_told(copied: Path, manifest: str) -> None:
    (copied / MANIFEST).write_text(manifest)
    with pytest.raises(EncoderError, match="cannot be read"):
        Encoder.load(copied)


@pytest.mark.model
def test_without_its_files_the_rules_code_alone_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "default_folder", lambda: tmp_path)
    default_encoder.cache_clear()
    try:
        coder = MachineCoder.load()
    finally:
        default_encoder.cache_clear()
    coding = coder.code(read_text("Police detained ten students in Kampala, the mayor said.", id="a"))
    assert [event.type for event in coding.events] == ["COERCE"]
    assert any(a.source and a.source.quote == "the mayor" for a in coding.attributions)
    assert any(note.code == "rules-alone" and "cannot be read" in note.message for note in coding.notes)
    assert coding.coder.model is not None
    assert "encoder" not in coding.coder.model


@pytest.mark.model
def test_what_stands_beside_a_report_changes_nothing(coder: MachineCoder) -> None:
    reports = [read_text(text, id=str(n)) for n, text in enumerate(_texts())]
    together = list(coder.code_many(reports))
    assert together == [coder.code(report) for report in reports]


def _texts() -> list[str]:
    return [
        "Police detained ten students in Kampala, the mayor said.",
        "“We will stay,” the union said. " * 60,
        "Rain.",
    ]


def test_an_empty_report_is_read() -> None:
    reading = default_encoder().read(Report("a", ""))
    assert reading.tags.shape == (0, 7)
    assert reading.events.shape == (0,)


def test_chances_add_up_and_pieces_are_words_of_the_report() -> None:
    report = read_text("The regime’s thugs beat Ana Lópes, a teacher said. 你好 🙂", id="a")
    reading = default_encoder().read(report)
    np.testing.assert_allclose(reading.tags.sum(axis=1), 1, atol=1e-5)
    assert ((reading.events >= 0) & (reading.events <= 1)).all()
    spans = list(zip(reading.pieces.starts, reading.pieces.ends, strict=True))
    assert all(0 <= a <= b <= len(report.text) for a, b in spans)
    assert "thugs" in {report.text[a:b] for a, b in spans}  # read as another word, and found again as itself


def test_more_heat_makes_chances_more_alike() -> None:
    scores = np.array([[2.0, 0.0, -1.0]], dtype=np.float32)
    assert softmax(scores, 2.0).max() < softmax(scores, 1.0).max() < softmax(scores, 0.5).max()


@pytest.mark.model
class TestGate:
    """Only the sentences that need it are parsed, and nothing that matters is lost."""

    def test_a_sentence_without_event_or_attribution_is_not_parsed(self, coder: MachineCoder) -> None:
        text = "Police detained ten students. It is a small wooden house with a green roof. Kampala lies on hills."
        report = read_text(text, id="a")
        assert coder.encoder is not None
        (parse,) = parse_many([report], coder.nlp, readings=[coder.encoder.read(report)], gate=Gate())
        assert parse.doc.text == text
        parsed = [
            any(token.dep_ not in {"root", "unclear"} for token in parse.doc[first:last])
            for first, last in sentence_ranges(parse.doc)
        ]
        assert parsed == [True, False, False]
        assert "Kampala" in {entity.text for entity in parse.doc.ents}

    def test_at_most_one_event_in_a_hundred_of_the_samples_is_lost(self, coder: MachineCoder) -> None:
        found = [item for path in sample_paths() for item in read_path(path)]
        reports = [item for item in found if not isinstance(item, Failure)]
        assert coder.encoder is not None
        gated = {_told(coding) for coding in replace(coder, judge=None).code_many(reports)}
        ungated = {_told(coding) for coding in _without_gate(coder, reports)}
        lost = sum(len(full - some) for full, some in zip(_by_report(ungated), _by_report(gated), strict=True))
        assert lost * 100 <= sum(map(len, _by_report(ungated)))


def _without_gate(coder: MachineCoder, reports: list[Report]) -> list[Coding]:
    from dateline.coder.assemble import assemble

    assert coder.encoder is not None
    parses = parse_many(reports, coder.nlp, readings=coder.encoder.read_many(reports))
    return [assemble(parse, coder.codebook, coder.gazetteer, coder.info) for parse in parses]


def _told(coding: Coding) -> tuple[str, frozenset[tuple[str, int]]]:
    events = {(event.type, event.trigger.start) for event in coding.events}
    said = {("said", a.cue.start) for a in coding.attributions if a.cue}
    return coding.report.id, frozenset(events | said)


def _by_report(told: set[tuple[str, frozenset[tuple[str, int]]]]) -> list[frozenset[tuple[str, int]]]:
    return [found for _, found in sorted(told, key=lambda row: row[0])]


@pytest.mark.model
class TestRelation:
    """What one party does to another."""

    @pytest.mark.parametrize(
        ("text", "source", "target", "types"),
        [
            ("Police detained ten students.", "Police", "students", {"COERCE"}),
            ("The minister accused the union of fraud.", "The minister", "the union", {"ACCUSE"}),
            ("Norway sent blankets to the flooded villages.", "Norway", "villages", {"AID"}),
            ("Gunmen shot dead two farmers.", "Gunmen", "two farmers", {"ASSAULT"}),
            ("The president met the ambassador on Monday.", "The president", "the ambassador", {"CONSULT"}),
        ],
    )
    def test_the_likeliest_type(
        self, coder: MachineCoder, text: str, source: str, target: str, types: set[str]
    ) -> None:
        found = coder.relation(text, source, target)
        assert found is not None
        assert found.type in types
        assert found.chance == found.chances[0][1]
        assert sum(chance for _, chance in found.chances) == pytest.approx(1, abs=1e-4)
        assert found.because[0].rule.startswith("encoder")

    def test_offsets_and_words_are_the_same_side(self, coder: MachineCoder) -> None:
        text = "Police detained ten students."
        assert coder.relation(text, (0, 6), (16, 28)) == coder.relation(text, "Police", "ten students")

    @pytest.mark.parametrize("side", ["soldiers", "e", "", (3, 3), (0, 999)])
    def test_a_side_that_cannot_be_found_is_told(self, coder: MachineCoder, side: str | tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="the source"):
            coder.relation("Police detained ten students.", side, None)

    def test_without_the_encoder_the_rules_choose(self, coder: MachineCoder) -> None:
        alone = MachineCoder(coder.codebook, coder.gazetteer, coder.nlp)
        found = alone.relation("Police detained ten students.", "Police", "ten students")
        assert found is not None
        assert (found.type, found.chance) == ("COERCE", None)

    def test_who_they_are_does_not_change_the_type(self, coder: MachineCoder) -> None:
        """Two hundred sentences with other names, nationalities and sides: one in a hundred may differ."""
        chance = random.Random(7)
        differ = []
        for _ in range(200):
            frame, (a, b, c, d) = chance.choice(FRAMES), chance.sample(PARTIES, 4)
            first, second = (
                coder.relation(frame.format(x, y), _first(frame, x, y), _second(frame, x, y))
                for x, y in ((a, b), (c, d))
            )
            assert first is not None
            assert second is not None
            if first.type != second.type:
                differ.append((frame, (a, b), first.type, (c, d), second.type))
        assert len(differ) <= 2, differ


FRAMES = (
    "{0} accused {1} of breaking the agreement.",
    "On Monday {0} signed a trade agreement with {1}.",
    "{0} sent food and medicine to {1} after the flood.",
    "{0} shot at {1} near the bridge, killing two.",
    "{0} imposed sanctions on {1} over the seized ship.",
    "{0} rejected the offer that {1} made last week.",
    "{0} urged {1} to release the prisoners.",
    "{0} threatened to attack {1} if the talks fail.",
    "{0} praised {1} for the work of its doctors.",
    "{0} met {1} in the capital to discuss the border.",
    "{0} arrested five members of {1} on Friday.",
    "{0} withdrew its troops from the villages held by {1}.",
)
PARTIES = (
    *("Iranian officials", "American officials", "Russian soldiers", "Ukrainian soldiers", "the Israeli army"),
    *(
        "the Palestinian police",
        "the Chinese government",
        "the Kenyan government",
        "the ruling party",
        "the opposition",
    ),
    *("Maria Lopez", "Ahmed Hassan", "John Smith", "Wei Zhang", "Hindu activists", "Muslim activists"),
    *("Christian leaders", "the workers' union", "the employers", "Turkey", "Greece", "Pakistan", "India", "Serbia"),
)


def _first(frame: str, x: str, y: str) -> tuple[int, int]:
    start = frame.index("{0}")
    if "{1}" in frame[:start]:
        start += len(y) - len("{1}")
    return start, start + len(x)


def _second(frame: str, x: str, y: str) -> tuple[int, int]:
    start = frame.index("{1}") + len(x) - len("{0}")
    return start, start + len(y)


@pytest.mark.model
def test_a_type_of_ones_own_competes_without_training(tmp_path: Path) -> None:
    path = tmp_path / "books.yaml"
    path.write_text(
        """
name: heritage
version: "1"
description: PLOVER and thefts from museums.
extends: plover
types:
  - name: LOOT
    definition: Taking works of art or relics from a museum, a church or a dig.
    verbs: [loot]
    examples:
      - text: Thieves took three paintings from the museum at night.
        events: [{actors: [Thieves], recipients: [museum]}]
      - text: Robbers carried off icons and a silver cross from the village church.
        events: [{actors: [Robbers], recipients: [church]}]
""",
        encoding="utf-8",
    )
    coder = MachineCoder.load(path)
    found = coder.relation("Burglars stole two statues from the cathedral.", "Burglars", "the cathedral")
    assert found is not None
    assert "LOOT" in [name for name, _ in found.chances[:3]]
    other = coder.relation("The president met the ambassador on Monday.", "The president", "the ambassador")
    assert other is not None
    assert other.type == "CONSULT"


def test_the_manifest_says_how_well_it_does() -> None:
    manifest = json.loads((default_folder() / MANIFEST).read_text(encoding="utf-8"))
    figures = manifest["figures"]
    assert figures["root_macro_f1"] >= 0.80
    assert figures["quad_macro_f1"] >= 0.88
    assert figures["ece_roots"] <= 0.05
    assert figures["ece_tags"] <= 0.05
