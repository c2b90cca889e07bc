"""Changes and outcomes in words."""

from typing import assert_never
from zoneinfo import ZoneInfo

from scheduler.planning.changes import Change, ChangeKind, Outcome
from scheduler.reports.words import moment_words, rule_words

_SYMBOLS = {Outcome.DONE: "✓", Outcome.ALREADY_SO: "=", Outcome.SKIPPED: "-", Outcome.FAILED: "✗"}
_OUTCOMES = {
    Outcome.DONE: "done",
    Outcome.ALREADY_SO: "already so",
    Outcome.SKIPPED: "skipped",
    Outcome.FAILED: "failed",
}
_HEADS = {
    ChangeKind.CREATE_SERIES: "New series",
    ChangeKind.END_SERIES: "End series",
    ChangeKind.EXTEND_SERIES: "Extend series",
    ChangeKind.MOVE_MEETING: "Move meeting",
    ChangeKind.ATTACH_AGENDA: "Attach agenda",
    ChangeKind.WRITE_AGENDA: "Write agenda",
}


def outcome_words(outcome: Outcome) -> str:
    """Name an outcome with its symbol: `✓ done`."""
    return f"{_SYMBOLS[outcome]} {_OUTCOMES[outcome]}"


def change_head(change: Change) -> str:
    """Say what a change does in two words."""
    return _HEADS[change.kind]


def change_when(change: Change) -> str:
    """Say when a change takes hold, by the clock of its own zone."""
    at = f"{moment_words(change.start, ZoneInfo(change.timezone))} ({change.timezone})"
    match change.kind:
        case ChangeKind.CREATE_SERIES | ChangeKind.EXTEND_SERIES:
            rule = f"{rule_words(change.rrule)}, " if change.rrule else ""
            length = f", {change.minutes} minutes" if change.minutes else ""
            first = f", the first one {change.first_minutes} minutes" if change.first_minutes else ""
            return f"{rule}from {at}{length}{first}"
        case ChangeKind.END_SERIES:
            return f"nothing from {at} on"
        case ChangeKind.MOVE_MEETING:
            return f"to {at}"
        case ChangeKind.ATTACH_AGENDA:
            return f"to the series from {at}"
        case ChangeKind.WRITE_AGENDA:
            return f"for {at}"
        case _ as never:
            assert_never(never)


def change_words(change: Change) -> str:
    """Say a change in one line: what, for whom, when."""
    return f"{change_head(change)}: {change.manager} and {change.report}, {change_when(change)}"
