"""The public names are frozen: taking one away or adding one is a visible act."""

from __future__ import annotations

import dateline

PUBLIC = [
    *("CoderSettings", "Coding", "DatelineError", "Report", "__version__", "code", "code_report", "from_dict"),
    *("from_json", "load_coder", "machine_coder", "schema", "to_dict", "to_json"),
]


def test_the_public_names_are_these_and_each_is_there() -> None:
    assert dateline.__all__ == PUBLIC
    assert all(getattr(dateline, name) is not None for name in PUBLIC)


def test_a_notebook_can_complete_the_public_names() -> None:
    assert set(PUBLIC) <= set(dir(dateline))


def test_a_name_that_is_not_public_is_refused_by_name() -> None:
    try:
        dateline.codes  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError as error:
        assert "codes" in str(error)
    else:
        raise AssertionError("a name that does not exist was given")
