"""The renderings that are kept word for word; run as a script, it writes them anew.

python -m tests.golden.report_samples
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from scheduler.reports import render_applied, render_plan, render_policy, render_report
from tests.unit.policy_builders import everybody_alike, joiner, own
from tests.unit.report_builders import every_status, sample_applied, sample_plan
from tests.unit.report_companies import large

FOLDER = Path(__file__).parent
DIGEST = "sha256:" + "0" * 64
SAMPLES: Mapping[str, Callable[[], str]] = {
    "report_every_status.txt": lambda: render_report(every_status(), "table"),
    "report_every_status_narrow.txt": lambda: render_report(every_status(), "table", width=60),
    "report_every_status_wide.txt": lambda: render_report(every_status(), "table", width=140),
    "report_by_manager.txt": lambda: render_report(large(40), "table"),
    "report_every_status.json": lambda: render_report(every_status(), "json"),
    "report_every_status.csv": lambda: render_report(every_status(), "csv"),
    "report_every_status.md": lambda: render_report(every_status(), "markdown"),
    "report_every_status.html": lambda: render_report(every_status(), "html"),
    "report_plan.txt": lambda: render_plan(sample_plan(), DIGEST, "table"),
    "report_plan.md": lambda: render_plan(sample_plan(), DIGEST, "markdown"),
    "report_plan.json": lambda: render_plan(sample_plan(), DIGEST, "json"),
    "policy_joiner.txt": lambda: render_policy(joiner(), "table"),
    "policy_joiner.md": lambda: render_policy(joiner(), "markdown"),
    "policy_joiner.json": lambda: render_policy(joiner(), "json"),
    "policy_joiner_narrow.txt": lambda: render_policy(joiner(), "table", width=50),
    "policy_own.txt": lambda: render_policy(own(), "table"),
    "policy_plain.txt": lambda: render_policy(everybody_alike(), "table"),
    "report_applied.txt": lambda: render_applied(sample_plan(), DIGEST, sample_applied(), "table"),
    "report_applied.md": lambda: render_applied(sample_plan(), DIGEST, sample_applied(), "markdown"),
    "report_applied.json": lambda: render_applied(sample_plan(), DIGEST, sample_applied(), "json"),
}


def main() -> None:
    """Write every sample."""
    for name, render in SAMPLES.items():
        (FOLDER / name).write_bytes(render().encode())


if __name__ == "__main__":
    main()
