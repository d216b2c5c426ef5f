"""What is measured: each file of each task with the figures that the table shows, and their floors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a task: its name in the table, its path in the scorer's output, and the floor it must meet."""

    name: str
    path: str
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """One file of one task, with the figures that the table shows."""

    task: str
    file: str
    figures: tuple[Figure, ...]
    also: tuple[str, ...] = ()
    """Files that are measured with the first."""
    own_reading: bool = False
    """Whether rules of the benchmark stand between what a user gets and the figures."""

    @property
    def files(self) -> tuple[str, ...]:
        """All files."""
        return self.file, *self.also


_POLICE = tuple(
    Figure(f"{level} {label} F1", f"{level}.{label}.f1", 0.60 if (level, label) == ("sentence", "ANY_ACTION") else None)
    for level in ("sentence", "document")
    for label in ("KILL", "ARREST", "FORCE", "FAIL", "ANY_ACTION")
)
_DATES = (
    Figure("relaxed F1", "relaxed.f1"),
    Figure("strict F1", "strict.f1"),
    Figure("value F1", "value.f1", 0.60),
    Figure("type F1", "type.f1"),
)
_TOPONYMS = (
    Figure("within 161 km, all names", "acc_at_161km_all", 0.45),
    Figure("median error, km", "median_km"),
)
_FOUND = (
    Figure("detection F1", "detection.f1"),
    Figure("within 161 km, all names", "acc_at_161km_all"),
)
_INCIDENTS = (
    Figure("killed exact, all", "killed_all"),
    Figure("killed exact, where given", "killed_confident", 0.75),
    Figure("killed given", "killed_coverage"),
    Figure("injured exact, where given", "injured_confident"),
    Figure("date exact, where given", "date_confident"),
    Figure("date given", "date_coverage"),
    Figure("city, where given", "city_confident"),
    Figure("city given", "city_coverage"),
)
_TEMPLATES = (
    Figure("incident type F1", "strict.incident_type.f1"),
    Figure("perpetrator (person) F1", "strict.perp_individual.f1"),
    Figure("perpetrator (organisation) F1", "strict.perp_org.f1"),
    Figure("physical target F1", "strict.phys_target.f1"),
    Figure("human target F1", "strict.human_target.f1"),
    Figure("perpetrator (person) F1, relaxed", "relaxed.perp_individual.f1"),
    Figure("physical target F1, relaxed", "relaxed.phys_target.f1"),
    Figure("human target F1, relaxed", "relaxed.human_target.f1"),
    Figure("relevant documents F1", "document_relevant.f1"),
)
_AGGREGATION = tuple(
    Figure(f"{words}{name.replace('_', ' ')} as the human event has it", f"{level}.{name}", floor)
    for level, words in (("all", ""), ("two_or_more_reports", "two reports or more: "))
    for name, floor in (
        *(("date_start", 0.90), ("date_end", 0.90), ("city", 0.90)),
        *((f"{kind}_{bound}", 0.85) for kind in ("deaths", "injuries") for bound in ("low", "best", "high")),
    )
)


_REPORTS = tuple(
    Figure(name, path)
    for name, path in (
        ("rows that are an event of the report", "precision"),
        ("rows that tell an event again", "duplicates"),
        ("core events found", "recall_core"),
        ("events found", "recall"),
        ("rows without a wrong value", "row_sound"),
        ("rows right in every field", "row_right"),
        *((f"{field} right", f"{field}.right") for field in ("actor", "recipient", "place", "date")),
        *((f"{field} wrong", f"{field}.wrong") for field in ("place", "date")),
        *((f"{field} right", f"{field}.right") for field in ("modality", "source", "counts")),
        ("attributions found", "attributions.found"),
        ("attributions with the right source", "attributions.source_right"),
        ("attributions for each gold one", "attributions.predicted_per_gold"),
        ("calibration error of a row's chance", "calibration_error"),
        ("rows of .7 and more that are an event", "curve/0.7/precision"),
        ("core events found by them", "curve/0.7/recall_core"),
    )
)


def _coref(floor: float) -> tuple[Figure, ...]:
    return (
        Figure("CoNLL F1, all reports in one pool", "exact.conll_f1", floor),
        Figure("MUC F1", "exact.muc.f1"),
        Figure("B3 F1", "exact.b3.f1"),
        Figure("CEAFe F1", "exact.ceafe.f1"),
        Figure("CoNLL F1 within reports", "within_document.exact.conll_f1"),
    )


MEASUREMENTS = (
    Measurement("reports", "reports/dev.jsonl", _REPORTS),
    Measurement(
        "links",
        "reports/links.jsonl",
        (
            Figure("pairs of one event joined", "together", 0.60),
            Figure("look-alikes kept apart", "apart", 0.93),
            Figure("members that a row tells", "found"),
        ),
        also=("reports/train.jsonl.gz", "reports/dev.jsonl"),
    ),
    Measurement(
        "attribution",
        "attribution/dev.jsonl",
        (
            Figure("content token F1", "content.f1", 0.70),
            Figure("source token F1", "source.f1"),
            Figure("cue token F1", "cue.f1"),
            Figure("attribution F1", "attribution.f1"),
        ),
    ),
    Measurement(
        "calibration",
        "attribution/dev.jsonl",
        (
            Figure("expected calibration error, tags of word pieces", "tags.error"),
            Figure("expected calibration error, attributions", "attributions.error"),
            Figure("mean chance of an attribution", "attributions.chance"),
            Figure("attributions of which people marked the same content", "attributions.right"),
        ),
    ),
    Measurement(
        "gate",
        "attribution/dev.jsonl",
        (
            Figure("attributions kept (cue)", "attributions.kept", 0.99),
            Figure("attributions kept with source, content and kind", "attributions_whole.kept"),
            Figure("event mentions kept (type and trigger)", "events.kept", 0.99),
            Figure("event mentions kept with all values", "events_whole.kept"),
            Figure("sentences not parsed", "unparsed"),
        ),
        also=("police_events/docs.jsonl.gz", "protest_news/docs.jsonl.gz"),
    ),
    Measurement(
        "relation_folds",
        "relation_typing/train.jsonl",
        (
            Figure("root macro-F1, five folds", "root_macro_f1", 0.50),
            Figure("root accuracy, five folds", "root_accuracy"),
            Figure("quad macro-F1, five folds", "quad_macro_f1"),
            Figure("expected calibration error, five folds", "ece_roots"),
        ),
    ),
    Measurement(
        "relation_rules",
        "relation_typing/train.jsonl",
        (
            Figure("root macro-F1, rules alone", "root.macro_f1", 0.50),
            Figure("quad macro-F1, rules alone", "quad.macro_f1"),
        ),
    ),
    Measurement(
        "relation_typing",
        "relation_typing/train.jsonl",
        (
            Figure("root macro-F1, seen in training", "root.macro_f1"),
            Figure("quad macro-F1, seen in training", "quad.macro_f1"),
        ),
    ),
    Measurement(
        "relation_reports",
        "relation_typing/train.jsonl",
        (
            Figure("source and target found in an event", "coverage"),
            Figure("root right, where found", "root_on_covered.accuracy"),
        ),
    ),
    Measurement("police_events", "police_events/docs.jsonl.gz", _POLICE),
    Measurement("protest_news", "protest_news/docs.jsonl.gz", (Figure("documents macro-F1", "macro_f1"),)),
    Measurement("protest_news", "protest_news/sentences.jsonl", (Figure("sentences macro-F1", "macro_f1"),)),
    Measurement("toponyms", "toponyms/lgl.jsonl.gz", _TOPONYMS),
    Measurement("toponyms", "toponyms/geovirus.jsonl", _TOPONYMS),
    Measurement(
        "toponyms held",
        "toponyms/lgl.jsonl.gz",
        (
            Figure("lgl: names that the gazetteer holds within 161 km (the ceiling)", "lgl.held", 0.92),
            Figure("lgl: within 161 km, all names", "lgl.right", 0.66),
            Figure("lgl: within 161 km, names held", "lgl.right_of_held", 0.92),
            Figure("geovirus: names that the gazetteer holds within 161 km (the ceiling)", "geovirus.held", 0.84),
            Figure("geovirus: within 161 km, all names", "geovirus.right", 0.78),
            Figure("geovirus: within 161 km, names held", "geovirus.right_of_held", 0.96),
        ),
        also=("toponyms/geovirus.jsonl",),
    ),
    Measurement("toponyms found", "toponyms/lgl.jsonl.gz", _FOUND),
    Measurement("toponyms found", "toponyms/geovirus.jsonl", _FOUND),
    Measurement("dates", "dates/timebank.jsonl", _DATES),
    Measurement("dates", "dates/aquaint.jsonl", _DATES),
    Measurement("incidents", "incidents/gva.jsonl.gz", _INCIDENTS),
    Measurement("aggregation", "aggregation/events.jsonl", _AGGREGATION, also=("aggregation/reports.jsonl.gz",)),
    Measurement("incidents", "incidents/gvdb.jsonl.gz", _INCIDENTS),
    Measurement("templates", "templates/dev.jsonl.gz", _TEMPLATES),
    Measurement(
        "roles",
        "roles/train.jsonl",
        (
            Figure("actor and recipient, overlap F1", "overlap.source_and_target.f1"),
            Figure("actor and recipient, exact F1", "exact.source_and_target.f1"),
        ),
    ),
    Measurement(
        "event_location",
        "event_location/train.jsonl.gz",
        (Figure("overlap F1", "overlap.f1"), Figure("exact F1", "exact.f1")),
    ),
    Measurement(
        "linking",
        "incidents/gva.jsonl.gz",
        (
            Figure("reports in one pool, B3 F1", "b3.f1", 0.92),
            Figure("B3 precision", "b3.precision"),
            Figure("B3 recall", "b3.recall"),
            Figure("CEAFe F1", "ceafe.f1"),
        ),
    ),
    Measurement("web_pages", "web_pages/pages.jsonl.gz", (Figure("shingle F1", "shingle_f1"),)),
    Measurement("incidents_tallied", "incidents/gva.jsonl.gz", _INCIDENTS[:4], own_reading=True),
    Measurement("incidents_tallied", "incidents/gvdb.jsonl.gz", _INCIDENTS[:4], own_reading=True),
    Measurement("coref", "coref/ecb_dev.jsonl.gz", _coref(0.72), own_reading=True),
    Measurement("coref", "coref/meantime.jsonl.gz", _coref(0.66), own_reading=True),
)
SCORED_AS = {
    "relation_reports": "relation_typing",
    "relation_rules": "relation_typing",
    "incidents_tallied": "incidents",
}
"""The scorer of a task, where it is another task's."""
OWN = {
    "links": "sides",
    "calibration": "calibration",
    "gate": "gate",
    "relation_folds": "folds",
    "toponyms held": "held",
}
"""Tasks that no scorer is needed for, and the module here that measures each from the folder of the data."""
WITHOUT_SPANS = {"toponyms found": ("toponyms", "toponyms")}
"""A task run again with its spans taken out, so that dateline finds its own: (task, the key that is taken out)."""
