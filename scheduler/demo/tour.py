"""Where to look after the demo: a few things worth opening, and what to try next."""

import shlex
import shutil
from pathlib import Path

from scheduler.findings import Result
from scheduler.planning.changes import ChangeKind, Outcome


def where_to_look(directory: Path, result: Result) -> str:
    """Return a short tour of what the job left behind, with commands that can be pasted."""
    made = [one.change for one in result.applied if one.outcome is Outcome.DONE]
    created = next((change for change in made if change.kind is ChangeKind.CREATE_SERIES), None)
    written = next((change for change in made if change.kind is ChangeKind.WRITE_AGENDA), created)
    rows = [("the gap report, in a browser", directory / "reports" / "gap-report.html")]
    if written is not None:
        rows.append(
            (
                "an agenda, with what is open from last time",
                directory / "agendas" / f"{written.manager}--{written.report}.md",
            )
        )
    if created is not None:
        rows.append(
            (
                "a calendar with a new series (search X-ONETOONE-KEY)",
                directory / "calendars" / f"{created.report}.ics",
            )
        )
        rows.append(
            (
                "an invitation for any other calendar program",
                directory / "exports" / "pairs" / f"{created.manager}--{created.report}.ics",
            )
        )
    config = shlex.quote(str(directory / "config"))
    command = "onetoone" if shutil.which("onetoone") else ".venv/bin/onetoone"
    tries = [
        ("a second run changes nothing", f"{command} run --config {config}"),
        (
            "one manager's page",
            f"{command} report --config {config} --manager {result.after.gaps.pairs[0].pair.manager.email}",
        ),
        ("on your own calendars", f"{command} init"),
    ]
    lines = ["", "WHERE TO LOOK NEXT", ""]
    for what, path in rows:
        lines += [f"  {what}", f"    {path}"]
    lines += ["", "WHAT TO TRY NEXT", ""]
    for what, line in tries:
        lines += [f"  {what}", f"    {line}"]
    return "\n".join(lines)
