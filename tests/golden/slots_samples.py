"""The best times of two people as every format shows them, kept word for word; run as a script, it writes them anew.

python -m tests.golden.slots_samples
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from scheduler.reports import render_slots
from tests.unit.slots_advice_builders import nothing_fits, nothing_helps, one_clock, some_times, ten_times
from tests.unit.slots_builders import person

FOLDER = Path(__file__).parent
SAMPLES: Mapping[str, Callable[[], str]] = {
    "slots.txt": lambda: render_slots(some_times(), "table"),
    "slots_colour.txt": lambda: render_slots(some_times(), "table", colour=True),
    "slots_narrow.txt": lambda: render_slots(some_times(), "table", width=60),
    "slots.md": lambda: render_slots(some_times(), "markdown"),
    "slots.html": lambda: render_slots(some_times(), "html"),
    "slots.json": lambda: render_slots(some_times(), "json"),
    "slots_ten.txt": lambda: render_slots(ten_times(), "table"),
    "slots_one_clock.txt": lambda: render_slots(one_clock(person("Di Vine")), "table"),
    "slots_nothing_fits.txt": lambda: render_slots(nothing_fits(), "table"),
    "slots_nothing_fits.md": lambda: render_slots(nothing_fits(), "markdown"),
    "slots_nothing_fits.html": lambda: render_slots(nothing_fits(), "html"),
    "slots_nothing_fits.json": lambda: render_slots(nothing_fits(), "json"),
    "slots_nothing_helps.md": lambda: render_slots(nothing_helps(), "markdown"),
    "slots_nothing_helps.txt": lambda: render_slots(nothing_helps(), "table"),
}


def main() -> None:
    """Write every sample."""
    for name, render in SAMPLES.items():
        (FOLDER / name).write_bytes(render().encode())


if __name__ == "__main__":
    main()
