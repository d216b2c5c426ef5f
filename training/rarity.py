"""Counts how common words are in news of conflict and crime, for ``dateline.link.pairs.words``.

Reads the annotated collections of the directory in DATELINE_DATA (of ``incidents/gva`` only the incidents of even
number, so that the others can be measured) and writes the table that the package ships: words by how rare they are in
that collection where they are commonest, without anything of their order.

    DATELINE_DATA=... python -m training.rarity
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path

from dateline.link.pairs.words import LEAST, RAREST, words_in

OUT = Path(__file__).parents[1] / "src/dateline/data/word_rarity.tsv"
COLLECTIONS = (
    "attribution/train.jsonl.gz",
    "coref/ecb_train.jsonl.gz",
    "dates/aquaint.jsonl",
    "dates/timebank.jsonl",
    "incidents/gva.jsonl.gz",
    "incidents/gvdb.jsonl.gz",
    "police_events/docs.jsonl.gz",
    "protest_news/docs.jsonl.gz",
    "templates/dev.jsonl.gz",
    "toponyms/geovirus.jsonl",
    "toponyms/lgl.jsonl.gz",
)
SEEN_IN = 3
"""Words of fewer stories of a collection are not counted there: the names in one incident are no common words."""
STEP = 0.25
HEADER = """\
# How rare words are (the natural logarithm of the number of reports of which one has the word), in the collection
# of annotated news where they are commonest, counted by training/rarity.py. Words that are not here are rarer.
"""


def records(path: Path) -> Iterator[dict]:
    """The records of a file, gzipped or not, less those kept for measuring."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if int(record.get("incident", 0)) % 2 == 0:
                yield record


def main() -> None:
    """Counts and writes the table."""
    data = Path(os.environ["DATELINE_DATA"])
    common: dict[str, float] = {}
    for name in COLLECTIONS:
        number: Counter[str] = Counter()
        stories: defaultdict[str, set[str]] = defaultdict(set)
        reports = 0
        for record in records(data / name):
            reports += 1
            for word in set(words_in(f"{record.get('title') or ''}\n{record['text']}")):
                number[word] += 1
                stories[word].add(record.get("incident") or record.get("subtopic") or record["id"])
        for word, times in number.items():
            if len(stories[word]) >= SEEN_IN:
                common[word] = max(common.get(word, 0.0), times / reports)
    rows: dict[float, list[str]] = defaultdict(list)
    # Words that general English lacks (names of people, of pages, slips) are not passed on; they count as rarest.
    general = json.loads((OUT.parent / "encoder/tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    for word, share in common.items():
        if word not in general:
            continue
        # What tells nothing is kept in the table too: outside of it words count as rarest.
        rarity = max(round(-log(share) / STEP) * STEP, LEAST - STEP)
        if rarity < RAREST:
            rows[rarity].append(word)
    body = "".join(f"{rarity}\t{' '.join(sorted(words))}\n" for rarity, words in sorted(rows.items()))
    OUT.write_text(HEADER + body, encoding="utf-8")


if __name__ == "__main__":
    main()
