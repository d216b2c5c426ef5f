"""Reports coded by hand for dateline: offsets and labels are kept here, the texts stay in the sets they come from.

Each was read whole and coded under the guide of the hand-coded reports by one reader, a large language model, without
any program's output. A coding names the set, the record and the hash of the text that it belongs to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.annotated import read

CODINGS = Path(__file__).with_name("codings.jsonl.gz")


def hand_coded(data: Path, codings: Path = CODINGS) -> Iterator[dict[str, Any]]:
    """Each coding with its text, in the form of the hand-coded reports.

    Raises :class:`ValueError` where a text has changed since it was coded, :class:`FileNotFoundError` without its set.
    """
    sets: dict[str, Mapping[str, Any]] = {}
    for coding in read(codings):
        name = coding["set"]
        if name not in sets:
            sets[name] = {record["id"]: record for path in _files(data, name) for record in read(path)}
        record = sets[name][coding["record"]]
        if hashlib.sha256(record["text"].encode()).hexdigest() != coding["sha256"]:
            raise ValueError(f"{name}: {coding['record']} is not the text that was coded")
        yield _with_text(coding, record)


def _files(data: Path, name: str) -> list[Path]:
    """The files of a set: one of that name, or those of a folder."""
    found = sorted([*data.glob(f"{name}.jsonl*"), *(p for p in (data / name).glob("*.jsonl*") if "sent" not in p.name)])
    if not found:
        raise FileNotFoundError(f"there is no {name} in {data}")
    return found


def _with_text(coding: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    text: str = record["text"]

    def span(at: Any) -> Any:
        return at if at is None or isinstance(at, str) else {"start": at[0], "end": at[1], "quote": text[at[0] : at[1]]}

    spans = ("triggers", "actors", "recipients", "sources")
    events = [event | {side: [span(at) for at in event[side]] for side in spans} for event in coding["events"]]
    told = [a | {part: span(a[part]) for part in ("source", "cue", "content")} for a in coding["attributions"]]
    return {
        "id": f"{coding['set']}/{coding['record']}",
        "published": (record.get("published") or None) and record["published"][:10],
        "publisher": record.get("publisher"),
        "title": record.get("title"),
        "text": text,
        "events": events,
        "attributions": told,
    }


def pack(folders: list[Path], out: Path = CODINGS) -> int:
    """Put checked codings, one a file, into one file without text; how many there are."""
    import gzip

    found = {}
    for path in sorted(p for folder in folders for p in folder.glob("*.ok.json")):
        coding = json.loads(path.read_text(encoding="utf-8"))
        coding.pop("id")
        found[coding["set"], coding["record"]] = coding
    lines = [json.dumps(found[key], ensure_ascii=False, separators=(",", ":")) + "\n" for key in sorted(found)]
    out.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    return len(lines)
