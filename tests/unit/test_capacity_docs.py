"""What docs/capacity.md says of the JSON is what it holds."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from scheduler.reports import render_capacity
from tests.unit.capacity_builders import WEEKLY_45, every_outcome

PAGE = Path(__file__).parents[2] / "docs" / "capacity.md"


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def test_every_key_of_the_json_is_documented() -> None:
    """And so is everything that `fit` can be."""
    found = json.loads(render_capacity(every_outcome(WEEKLY_45), "json"))
    named = set(re.findall(r"`(\w+)`", PAGE.read_text()))
    assert set(_keys(found)) <= named
    assert {load["fit"] for one in found["managers"] for load in (one["policy"], one["what_if"])} <= named
