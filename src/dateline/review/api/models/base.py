"""What all models share: values that do not change, described by the words under each."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")

UNNAMED = "a reviewer"
"""Who did something, for those who see no names of the team."""

MOST = 2**62
"""The greatest number that is asked for: every database holds it."""

Number = Annotated[int, Field(ge=1, le=MOST)]


class Told(BaseModel):
    """What the API gives."""

    model_config = ConfigDict(frozen=True, from_attributes=True, use_attribute_docstrings=True)


class Asked(BaseModel):
    """What the API takes: a key that it does not know is a mistake, not a wish."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Listed(Told, Generic[Item]):
    """Some of a list. The next ones are at ``next``, and in the header ``Link``."""

    items: list[Item]
    total: int
    """How many there are, counted no further than a bound."""
    more: bool
    """Whether there are more than ``total`` says."""
    next: str | None = None
    """Where the next ones are; null: these are the last."""


def iso(ordinal: int) -> str:
    """A day, given as the index counts it, as ISO 8601."""
    return date.fromordinal(ordinal).isoformat()


def example(**values: Any) -> ConfigDict:
    """An example of a model, for its schema; what else holds of its kind holds of it too."""
    return ConfigDict(json_schema_extra={"example": values})


def same(model: type[BaseModel], given: object, *but: str) -> dict[str, Any]:
    """The values that an object has under the names of a model's fields, but for some."""
    return {name: getattr(given, name) for name in model.model_fields if name not in but}
