"""A picture of lines as SVG, drawn by hand: it has its own ground, light or dark as the reader's screen is."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

_STYLE = """
  svg { --ground: #ffffff; --ink: #1f2937; --faint: #6b7280; --grid: #e5e7eb; --one: #c2410c; --two: #1d4ed8; }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #0f172a; --ink: #e5e7eb; --faint: #9ca3af; --grid: #27344a; --one: #fb923c; --two: #7db0ff; }
  }
  text { font: 13px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: var(--ink); }
  .title { font-size: 16px; font-weight: 600; }
  .faint { fill: var(--faint); }
  .grid { stroke: var(--grid); stroke-width: 1; }
  .rule { stroke: var(--one); stroke-width: 1.2; stroke-dasharray: 5 5; }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
  .one { stroke: var(--one); } .two { stroke: var(--two); }
  .dot.one, text.one { fill: var(--one); } .dot.two, text.two { fill: var(--two); }
  text.one, text.two { font-weight: 600; stroke: var(--ground); stroke-width: 5px; paint-order: stroke; }
  .dot { stroke: var(--ground); stroke-width: 1.5; }
"""


@dataclass(frozen=True)
class Axis:
    """From values to shares of its length; `ticks` are values with what is written at them."""

    title: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Return where the value lies: 0 at the low end, 1 at the high one."""
        curve: Callable[[float], float] = math.log if self.logarithmic else float
        return (curve(value) - curve(self.low)) / (curve(self.high) - curve(self.low))


@dataclass(frozen=True)
class Line:
    """Points that are joined, in colour `one` or `two`; `name` ends above the point of that index."""

    name: str
    colour: str
    points: Sequence[tuple[float, float]]
    at: int = -1
    above: float = 12


@dataclass(frozen=True)
class Panel:
    """One picture in the picture; `rules` are heights that are marked in colour `one`, with what is written at each."""

    title: str
    x: Axis
    y: Axis
    lines: Sequence[Line]
    rules: Sequence[tuple[float, str]] = ()

    def drawn(self, left: float, top: float, width: float, height: float) -> Iterator[str]:
        """Yield its elements; the measures are those of the field within the axes."""

        def place(x: float, y: float) -> tuple[float, float]:
            return round(left + self.x.share(x) * width, 1), round(top + height - self.y.share(y) * height, 1)

        yield _text(left - 44, top - 40, self.title, "title")
        yield _text(left - 44, top - 16, self.y.title, "faint")
        yield _text(left + width, top + height + 44, self.x.title, "faint", "end")
        for value, label in self.y.ticks:
            _, y = place(self.x.low, value)
            yield f'<line class="grid" x1="{left}" x2="{left + width}" y1="{y}" y2="{y}"/>'
            yield _text(left - 8, y + 4, label, "faint", "end")
        for value, label in self.x.ticks:
            x, _ = place(value, self.y.low)
            yield f'<line class="grid" x1="{x}" x2="{x}" y1="{top + height}" y2="{top + height + 5}"/>'
            yield _text(x, top + height + 22, label, "faint", "middle")
        for value, label in self.rules:
            _, y = place(self.x.low, value)
            yield f'<line class="rule" x1="{left}" x2="{left + width}" y1="{y}" y2="{y}"/>'
            yield _text(left + 6, y - 7, label, "one")
        for line in self.lines:
            yield from _line(line, [place(*point) for point in line.points])


def picture(description: str, panels: Sequence[Panel], foot: Sequence[str]) -> str:
    """Return the panels side by side, with some lines of text under them."""
    size, left, top, field = 480, 66, 72, 250
    height = top + field + 74 + 19 * len(foot)
    body = [
        element
        for number, panel in enumerate(panels)
        for element in panel.drawn(left + number * size, top, size - left - 26, field)
    ]
    wide = size * len(panels)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {height}" width="{wide}" height="{height}" role="img">'
    ground = f'<rect width="{wide}" height="{height}" rx="10" style="fill: var(--ground)"/>'
    below = [_text(22, height - 16 - 19 * above, line, "faint") for above, line in enumerate(reversed(foot))]
    parts = [head, f"<title>{escape(description)}</title>", f"<style>{_STYLE}</style>", ground, *body, *below]
    return "\n".join([*parts, "</svg>", ""])


def _line(line: Line, places: Sequence[tuple[float, float]]) -> Iterator[str]:
    path = " ".join(f"{x},{y}" for x, y in places)
    yield f'<polyline class="line {line.colour}" points="{path}"/>'
    for x, y in places:
        yield f'<circle class="dot {line.colour}" cx="{x}" cy="{y}" r="4.5"/>'
    x, y = places[line.at]
    yield _text(x, y - line.above, line.name, line.colour, "end")


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}">{escape(text)}</text>'
