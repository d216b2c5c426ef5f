"""The sample reports that ship with the package: documented public events, told by invented outlets.

They feed the demonstration, the documentation and the snapshot tests. The outlets do not exist, the words are ours;
the events and the disputed figures are real (``docs/data-and-licences.md`` says more).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from dateline.errors import OptionError
from dateline.files.write import write_new


def sample_paths() -> tuple[Path, ...]:
    """The files of the sample reports in order of name: web pages, plain text, and JSON Lines of several reports.

    The two plain texts carry no publication date, as plain text does not: a weekday in them belongs to an unknown
    week unless the reader is told the date.
    """
    folder = Path(str(files("dateline").joinpath("data", "samples")))
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in {".html", ".txt", ".jsonl"}))


def write_samples(folder: Path) -> tuple[Path, ...]:
    """Write the files of the sample reports into a folder, which is made where it is not there; gives their paths.

    A file that is there already with the same words stays. Raises :class:`OptionError`, before anything is written,
    where one holds something else.
    """
    if folder.exists() and not folder.is_dir():
        raise OptionError(f"{folder} is a file", "name a folder")
    texts = {folder / path.name: path.read_text(encoding="utf-8") for path in sample_paths()}
    for path, text in texts.items():
        if path.exists() and path.read_bytes() != text.encode():
            raise OptionError(f"{path} is there and is no sample report", "name another folder")
    for path, text in texts.items():
        if not path.exists():
            write_new(path, text)
    return tuple(texts)
