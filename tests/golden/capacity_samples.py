"""What a cadence costs, word for word; run as a script, it writes the files anew.

python -m tests.golden.capacity_samples
"""

from collections.abc import Callable, Mapping

from scheduler.reports import render_capacity
from tests.golden.report_samples import FOLDER
from tests.unit.capacity_builders import WEEKLY_45, alone, every_outcome, many

SAMPLES: Mapping[str, Callable[[], str]] = {
    "capacity.txt": lambda: render_capacity(every_outcome(), "table"),
    "capacity_alone.txt": lambda: render_capacity(alone(), "table"),
    "capacity_many.txt": lambda: render_capacity(many(40), "table"),
    "capacity_what_if.txt": lambda: render_capacity(every_outcome(WEEKLY_45), "table"),
    "capacity_what_if_narrow.txt": lambda: render_capacity(every_outcome(WEEKLY_45), "table", width=60),
    "capacity.md": lambda: render_capacity(every_outcome(), "markdown"),
    "capacity_what_if.md": lambda: render_capacity(every_outcome(WEEKLY_45), "markdown"),
    "capacity_what_if.json": lambda: render_capacity(every_outcome(WEEKLY_45), "json"),
    "capacity_what_if.csv": lambda: render_capacity(every_outcome(WEEKLY_45), "csv"),
    "capacity_what_if.html": lambda: render_capacity(every_outcome(WEEKLY_45), "html"),
}


def main() -> None:
    """Write every sample."""
    for name, render in SAMPLES.items():
        (FOLDER / name).write_bytes(render().encode())


if __name__ == "__main__":
    main()
