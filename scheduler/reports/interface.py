"""What a rendering is: data in, text out."""

from typing import Protocol

from scheduler.cadence.explained import Explanation
from scheduler.cadence.results import GapReport
from scheduler.capacity.results import CapacityReport
from scheduler.slots.advice import Advice


class Renderer(Protocol):
    """A function that writes a gap report in one format.

    `width` is the room on a terminal in cells, `colour` whether it shows colours; the formats that
    are files (json, csv, html, markdown) disregard both.
    """

    def __call__(self, report: GapReport, *, width: int, colour: bool) -> str:
        """Return the whole report as text that ends with a line end."""
        ...


class CapacityRenderer(Protocol):
    """A function that writes what a cadence costs in one format; `width` and `colour` as above."""

    def __call__(self, report: CapacityReport, *, width: int, colour: bool) -> str:
        """Return the whole of it as text that ends with a line end."""
        ...


class PolicyRenderer(Protocol):
    """A function that writes in one format how often a pair is to meet; `width` and `colour` as for the gap report."""

    def __call__(self, found: Explanation, *, width: int, colour: bool) -> str:
        """Return the whole of it as text that ends with a line end."""
        ...


class SlotsRenderer(Protocol):
    """A function that writes the best times of a pair in one format; `width` and `colour` as for the gap report."""

    def __call__(self, advice: Advice, *, width: int, colour: bool) -> str:
        """Return the whole of it as text that ends with a line end."""
        ...
