"""docs/performance.md: each benchmark that is told `--record` puts its own table there, so that no figure is copied by hand."""

import os
import platform
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
_PAGE = DOCS / "performance.md"


def machine() -> str:
    """Describe the machine and the day, without its name."""
    info = Path("/proc/cpuinfo").read_text()
    processor = re.search(r"model name\s*:\s*(.+)", info)
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1024**2
    return (
        f"{os.cpu_count()} cores ({processor[1] if processor else platform.machine()}), {memory:.0f} GB, "
        f"Linux, Python {platform.python_version()}; {datetime.now(UTC):%Y-%m-%d}; "
        f"load when it began {os.getloadavg()[0]:.1f}"
    )


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table; all columns but the first are figures, and stand to the right."""
    titles = list(head)
    lines = [titles, ["---", *("---:" for _ in titles[1:])], *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def record(name: str, text: str) -> None:
    """Replace what stands between the two marks of that name on the page."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, found, rest = _PAGE.read_text().partition(begin)
    if not found or end not in rest:
        msg = f"docs/performance.md has no place marked {begin.strip()}"
        raise ValueError(msg)
    _PAGE.write_text(f"{before}{begin}\n{text}\n\n{end}{rest.partition(end)[2]}")
