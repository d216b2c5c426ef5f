"""The API under whatever its document allows, and more: no fault of the program, and answers as the document has them.

``DATELINE_FUZZ`` is how many requests are made of each operation: ten where it is not set.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dateline.export.formats.columns import fields_of
from dateline.review.api import ROOMS
from dateline.store.index.query import Query
from review_cases import Desk, desk

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
THERE = {
    "id": ["r0", "press/water 1"],
    "report": ["r0", "press/water 1"],
    "row": ["e1", "e2", "e3", "s1"],
    "receiver": ["e1", "e4"],
    "key": ["r0#e1", "press/water 1#e2"],
    "about": ["r0", "r0#e1", "press/water 1"],
    "type": ["PROTEST", "ASSAULT"],
    "number": [1, 2],
    "coding": [1, 5],
    "account": ["ada"],
    "event": ["e0"],
    "start": [0, 5],
    "end": [10, 40],
}
NAMES = [field.name for field in fields(Query)]
COLUMNS = list(fields_of())
VALUES = st.sampled_from(["", "PROTEST", "Lyon", "2024-05-04", "12", "strike", "police | dockers", "true"]) | st.text()
EXAMPLES = int(os.environ.get("DATELINE_FUZZ", "10"))


@pytest.fixture(scope="module")
def project() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder, desk(Path(folder) / "p") as made:
        yield made


def bring_near(case, data) -> None:
    """Have a request name things that there are: what is made up hardly ever does."""
    for name in ("id", "key", "type", "number", "account", "event"):
        if name in (case.path_parameters or {}):
            case.path_parameters[name] = quote(str(data.draw(st.sampled_from(THERE[name]))), safe="")
    if "name" in (case.query or {}):
        case.query["name"] = data.draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3))
    if isinstance(case.body, dict | list):
        case.body = _near(case.body, data)


def _near(value, data):
    if isinstance(value, list):
        return [_near(part, data) for part in value]
    if not isinstance(value, dict):
        return value
    told = {name: _near(part, data) for name, part in value.items()}
    for name, part in told.items():
        if name in THERE and isinstance(part, str | int):
            told[name] = data.draw(st.sampled_from(THERE[name]))
        elif name in {"donors", "rows"} and isinstance(part, list):
            told[name] = [data.draw(st.sampled_from(THERE["row"])) for _ in part]
        elif name == "edits" and isinstance(part, dict):
            told[name] = data.draw(st.dictionaries(st.sampled_from(COLUMNS), VALUES, max_size=4))
    return told


@pytest.fixture(scope="module")
def schema(project: Desk):
    return schemathesis.openapi.from_asgi("/api/openapi.json", project.client().app)


@pytest.mark.parametrize("operation", [route.operation_id for room in ROOMS for route in room.routes])
def test_no_request_is_a_fault_and_answers_are_as_documented(schema, operation: str) -> None:
    @given(case=schema.find_operation_by_id(operation).as_strategy(), data=st.data())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )
    def asked(case, data) -> None:
        if data.draw(st.booleans()):
            bring_near(case, data)
        case.call_and_validate(checks=CHECKS)

    asked()
