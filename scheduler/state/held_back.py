"""The mirror of calendar files as a run sees it: what it reads is held aside until it may be kept.

Commands that only look leave nothing on the disk, and neither does a run that is refused.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress

from scheduler.state.file_readings import Changes, FileReadings, FileRow, Made, ReadingRow
from scheduler.state.mirror_file import MirrorFile, MirrorLost


class HeldBack:
    """What is known of calendar files, as `FileReadings`; the mirror's own file is only looked into until `keep`."""

    def __init__(self, file: MirrorFile) -> None:
        """Hold aside what is read, beside what this file has."""
        self._file = file
        self._kept = FileReadings(file)
        self._aside = FileReadings(MirrorFile.aside())
        self._newer: dict[str, None] = {}
        self._keeps = False

    def secret(self) -> bytes:
        """Return what addresses are hidden by."""
        return self._kept.secret()

    def files(self, calendar: str) -> Mapping[str, FileRow]:
        """Return what is known of the files of a calendar, by path."""
        return self._of(calendar).files(calendar)

    def made(self, calendar: str) -> Mapping[str, Made]:
        """Return which readings there seem to be of a calendar, by their paths."""
        return self._of(calendar).made(calendar)

    def readings(self, calendar: str) -> Mapping[str, ReadingRow]:
        """Return the readings of a calendar, by their paths and in the order of these."""
        return self._of(calendar).readings(calendar)

    def change(self, calendar: str, changes: Changes) -> None:
        """Know this of the calendar from now on."""
        if self._keeps:
            self._kept.change(calendar, changes)
            return
        if calendar not in self._newer:
            self._aside.change(calendar, self._kept.all_of(calendar))
            self._newer[calendar] = None
        self._aside.change(calendar, changes)

    def keep(self, people: Collection[str]) -> None:
        """Put on the disk what was held aside, and hold nothing aside from now on; nothing stays of who is none of these."""
        if self._keeps:
            return
        with suppress(MirrorLost):
            hidden_by = self._kept.secret()
            self._file.begin()
            if (
                self._kept.secret() == hidden_by
            ):  # else another run began it meanwhile, and hides by another word
                for calendar in self._newer:
                    self._kept.replace(calendar, self._aside.all_of(calendar))
        self._newer.clear()
        self._aside = FileReadings(MirrorFile.aside())
        self._keeps = True
        with suppress(MirrorLost):
            self._kept.keep_only(people)
            self._kept.store()

    def _of(self, calendar: str) -> FileReadings:
        return self._aside if calendar in self._newer else self._kept
