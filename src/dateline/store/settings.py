"""The settings of a project: a TOML file beside its database, checked when it is read."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dateline.errors import StoreError

FILE = "dateline.toml"
STARTER = """\
# How this project codes and links. What is commented out shows the default.

# A built-in codebook, or the YAML file of your own (from here).
# codebook = "plover"

# Private people by role ("roles") or by name ("keep").
# names = "roles"

# Lists of your own: actors, places, and who owns which publisher (see publishers.csv).
# authority = "actors.csv"
# gazetteer = ["places.csv"]
# publishers = "publishers.csv"

# How the values of an event are chosen from what its reports say: `dateline show --policies` lists them.
# [policies]
# killed = "envelope"
"""


class Settings(BaseModel):
    """What a project's TOML file may say; paths are from the project's folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    codebook: str = "plover"
    names: Literal["roles", "keep"] = "roles"
    authority: str | None = None
    gazetteer: tuple[str, ...] = ()
    publishers: str = "publishers.csv"
    rules_only: bool = False
    policies: dict[str, str] = Field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """The settings of the project in a folder. Raises :class:`StoreError` that names the setting and the mend."""
        path = folder / FILE
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise StoreError(f"{path} is not TOML: {error}") from error
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            known = ", ".join(cls.model_fields)
            raise StoreError(f"{path}: {problems} (the settings are {known})") from error

    def codebook_in(self, folder: Path) -> str:
        """The codebook as the coder wants it: a built-in name, or a path."""
        return str(folder / self.codebook) if self.codebook.endswith((".yaml", ".yml")) else self.codebook

    def file(self, folder: Path, name: str | None) -> Path | None:
        """The path of a list that the settings name."""
        return None if name is None else folder / name

    def fingerprint(self, folder: Path) -> str:
        """All that decides a coding beside coder and report: JSON, with the SHA-256 of the project's own files."""
        own = [self.codebook_in(folder) if self.codebook_in(folder) != self.codebook else None]
        own += [str(folder / name) for name in (self.authority, *self.gazetteer) if name]
        files = {Path(name).name: hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in own if name}
        return json.dumps({"names": self.names, "files": files}, sort_keys=True)
