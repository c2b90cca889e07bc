"""The roster: who works here and who manages whom, from `people.csv` or from the Google Directory."""

from scheduler.roster.from_directory import read_directory_roster
from scheduler.roster.rows import RowDefaults
from scheduler.roster.sheet import read_roster, row_problems
from scheduler.roster.whole import ReadRoster

__all__ = ["ReadRoster", "RowDefaults", "read_directory_roster", "read_roster", "row_problems"]
