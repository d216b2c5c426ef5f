"""The settings of a project: a TOML file beside its database, checked when it is read."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import StoreError
from dateline.files.write import replace_whole
from dateline.settings import CoderSettings

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FILE = "dateline.toml"
STARTER = """\
# How this project codes and links. What is commented out shows the default.

# Who codes: the machine, or a coder of a plugin.
# coder = "machine"

# A built-in codebook, or the YAML file of your own (from here).
# codebook = "plover"

# Private people by role ("roles") or by name ("keep").
# names = "roles"

# Without the network that proposes and judges, the rules code alone.
# encoder = true

# The chance from which on a row is an event (0 to 1): rows whose chance is below go to the suggestions.
# at_least = 0.4

# The words and marks of the longest report that is coded.
# most_words = 100000

# Lists of your own: actors, places, words, and who owns which publisher (see publishers.csv).
# authority = "actors.csv"
# gazetteer = ["places.csv"]
# lexicon = ["words.yaml"]
# publishers = "publishers.csv"

# The chances as the rows that people reviewed have them: dateline calibrate writes this file.
# calibration = "calibration.json"

# The project's database, where it is on a server of PostgreSQL (without its password: see docs/running.md).
# database = "postgresql://editor@db.example/strikes"

# How the values of an event are chosen from what its reports say: `dateline show --policies` lists them.
# [policies]
# killed = "envelope"

# Who stamps the hashes of the evidence (RFC 3161), and the certificates that its stamps are checked against.
# [timestamps]
# service = "https://stamps.example/rfc3161"
# certificates = "stamps.pem"
"""


@dataclass(frozen=True, slots=True)
class Timestamps:
    """Who stamps the hashes of evidence; without a service nobody is asked. The file is from the project's folder."""

    service: str | None = None
    certificates: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How a project codes and how it links; paths are from its folder."""

    coding: CoderSettings = field(default_factory=CoderSettings)
    publishers: str = "publishers.csv"
    policies: dict[str, str] = field(default_factory=dict)
    timestamps: Timestamps = field(default_factory=Timestamps)
    calibration: str = "calibration.json"
    database: str | None = None
    """The address of the database, where it is not in the folder."""

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """The settings of the project in a folder. Raises :class:`StoreError` that names the setting and the mend."""
        from pydantic import ValidationError

        path = folder / FILE
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise StoreError(f"{path} is not TOML: {error}") from error
        problems = [f"{name}: there is no such setting" for name in given if name not in KEYS]
        coding = {name: given.pop(name) for name in _CODING if name in given}
        try:
            read = _adapter().validate_python({**given, "coding": coding})
        except ValidationError as error:
            # The file has no key "coding": what is in it stands at the top.
            places = [[str(part) for part in e["loc"] if part != "coding"] for e in error.errors()]
            problems += [": ".join((*place[:1], e["msg"])) for place, e in zip(places, error.errors(), strict=True)]
        if problems:
            raise StoreError(f"{path}: {'; '.join(problems)} (the settings are {', '.join(KEYS)})")
        return read


_CODING = tuple(f.name for f in fields(CoderSettings))
KEYS = (*_CODING, *(f.name for f in fields(Settings) if f.name != "coding"))
"""What the file may say: how to code (:class:`CoderSettings`), and how to link."""


COLUMNS = "columns.json"


class KeptColumns:
    """Which columns of which tables give which fields: a file beside the settings, by the names of a table's columns.

    ``given`` is what a person says now; it goes before what was kept, and is kept in its place.
    """

    def __init__(self, folder: Path, given: Mapping[str, str]) -> None:
        self._path, self._given = folder / COLUMNS, dict(given)
        self._kept: list[dict[str, Any]] = []
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            self._kept = [{"columns": list(one["columns"]), "read": dict(one["read"])} for one in kept]
        except FileNotFoundError:
            pass
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(f"{self._path} is not as it was written; take it away, and give --column again") from error

    def of(self, cells: tuple[str, ...]) -> Mapping[str, str]:
        """What is known of a row with these names."""
        names = sorted(set(filter(None, cells)))
        kept: Mapping[str, str] = next((one["read"] for one in self._kept if one["columns"] == names), {})
        if not self._given or not set(self._given.values()) <= set(names):
            return kept
        if kept != self._given:
            self._kept = [one for one in self._kept if one["columns"] != names]
            self._kept.append({"columns": names, "read": self._given})
            text = json.dumps(self._kept, indent=1, ensure_ascii=False)
            replace_whole(self._path, text + "\n")
        return self._given


@cache
def _adapter() -> TypeAdapter[Settings]:
    from pydantic import TypeAdapter

    return TypeAdapter(Settings)
