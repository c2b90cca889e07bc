"""The exit codes of commands that ran to their end; those of errors stand in `scheduler.errors`, all in docs/commands.md."""

OFF_CADENCE = 3
INCOMPLETE = 4
"""Some changes failed or some calendars could not be read; the rest was done."""
