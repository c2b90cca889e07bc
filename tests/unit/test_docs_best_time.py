"""The page on the best time says what the code does."""

import re
from dataclasses import asdict, fields
from pathlib import Path

from scheduler.settings import SlotWeights
from scheduler.slots import attempts
from scheduler.slots.attempts import Kind

PAGE = (Path(__file__).parents[2] / "docs" / "best-time.md").read_text()


def test_every_weight_stands_there_with_its_default() -> None:
    """In the order of the settings, which is that of the config."""
    told = re.findall(r"^\| `(\w+)` \| (\d+) \|", PAGE, re.MULTILINE)
    assert [(name, int(weight)) for name, weight in told] == list(asdict(SlotWeights()).items())
    assert len(told) == len(fields(SlotWeights))


def test_every_thing_that_helps_has_its_price() -> None:
    """As many rows as the module has, with the same numbers in them."""
    module = re.findall(r"^\| (?!what|---)(.+?) \| (.+?) \|$", attempts.__doc__ or "", re.MULTILINE)
    page = PAGE.partition("## Where nothing fits")[2].partition("## For scripts")[0]
    rows = re.findall(r"^\| (?!what|---)(.+?) \| (.+?) \|$", page, re.MULTILINE)
    assert len(rows) == len(module) == len(Kind)
    for (_, ours), (_, told) in zip(module, rows, strict=True):
        assert re.findall(r"\d+", ours.partition("(")[0]) == re.findall(r"\d+", told)
