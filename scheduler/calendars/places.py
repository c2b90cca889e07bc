"""Where in the calendar folder a person's calendar is: `<email>.ics`, or a vdir `<email>/*.ics`.

The rule: everything that is named after one of a person's addresses is read, together, as their one
calendar. Letters may be in any case. New events go into the vdir where there is one.
"""

import stat
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.calendars.read_ics import ScannedFile, scan, unreadable
from scheduler.errors import CalendarUnreadable, Problem
from scheduler.people import Person

_ICS = ".ics"
_TRIES = 3


class NoCalendarOfTheirs(CalendarUnreadable):
    """The folder is there, but nothing in it is named after this person."""

    def __init__(self, folder: Path, problem: Problem) -> None:
        """Remember the folder, so that a folder that fits nobody is one problem and not one for each."""
        self.folder = folder
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Place:
    """A person's calendar in the folder: single files, and folders of items (vdirs)."""

    files: tuple[Path, ...]
    vdirs: tuple[Path, ...]

    @property
    def shared_by_two(self) -> bool:
        """Say whether more than one file or folder bears the person's name."""
        return len(self.files) + len(self.vdirs) > 1


class Root:
    """The calendar folder, which is listed again only where the disk says that something came or went."""

    def __init__(self, path: Path) -> None:
        """Look into the folder when it is first asked."""
        self.path = path
        self._stamp: tuple[int, ...] = ()
        self._entries: dict[str, list[Path]] = {}

    def entries(self) -> Mapping[str, Sequence[Path]]:
        """Return what is in the folder by name, in whatever case; raise CalendarUnreadable where it can't be looked into."""
        try:
            told = self.path.stat()
            stamp = (told.st_dev, told.st_ino, told.st_mtime_ns, told.st_ctime_ns)
            if stamp != self._stamp:
                entries: dict[str, list[Path]] = {}
                for path in sorted(self.path.iterdir()):
                    entries.setdefault(_folded(path.name), []).append(path)
                self._entries, self._stamp = entries, stamp
        except OSError as error:
            raise _of_system(self.path, error, "the folder of calendars") from error
        return self._entries


def place_of(root: Root, person: Person) -> Place:
    """Return where the person's calendar is.

    Raise NoCalendarOfTheirs where the folder has none for them, CalendarUnreadable where there is no
    such folder or it can't be looked into.
    """
    if person.calendar.address:
        return _named(Path(person.calendar.address), person)
    entries = root.entries()
    wanted = sorted(map(_folded, person.addresses))
    files = [path for name in wanted for path in entries.get(name + _ICS, ())]
    vdirs = [path for name in wanted for path in entries.get(name, ()) if path.is_dir()]
    if not files and not vdirs:
        raise NoCalendarOfTheirs(root.path, _none_of_theirs(root.path, person))
    return Place(tuple(sorted(files)), tuple(sorted(vdirs)))


def _none_of_theirs(root: Path, person: Person) -> Problem:
    what = f"there is no calendar of {person.email}"
    return Problem(
        str(root), what, f"put {person.email}.ics or a folder {person.email} there, or name it in `calendar`"
    )


def _named(path: Path, person: Person) -> Place:
    if path.is_dir():
        return Place((), (path,))
    if path.exists() or path.is_symlink() or path.suffix.lower() == _ICS:
        return Place((path,), ())
    what = f"there is no such file or folder, which is to be the calendar of {person.email}"
    raise unreadable(str(path), what, "correct the path in the `calendar` column")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def scanned(place: Place) -> tuple[ScannedFile, ...]:
    """Return every file of the calendar, its shape read; raise CalendarUnreadable where one of them can't be.

    An item that can't be read makes the whole vdir unreadable: it may be the very meeting looked for.
    """
    return tuple(scan(data, str(path)) for path, data in contents(place))


def contents(place: Place) -> list[tuple[Path, bytes]]:
    """Return the bytes of every file, vdirs listed by name; those that vanish on the way are looked for again."""
    for _ in range(_TRIES - 1):
        try:
            return [(path, path_bytes(path)) for path in all_files(place)]
        except Vanished:
            continue
    return [(path, path_bytes(path)) for path in all_files(place)]


class Vanished(CalendarUnreadable):
    """The file is not there (any more)."""


def all_files(place: Place) -> Iterable[Path]:
    """Return the single files and the items of the vdirs; hidden and other files are no items."""
    return [*place.files, *(item for vdir in place.vdirs for item in _items(vdir))]


def _items(vdir: Path) -> list[Path]:
    try:
        entries = sorted(vdir.iterdir())
    except OSError as error:
        raise _of_system(vdir, error, "the folder") from error
    return [path for path in entries if path.suffix.lower() == _ICS and not path.name.startswith(".")]


def path_bytes(path: Path) -> bytes:
    """Return a file's bytes; raise CalendarUnreadable in a sentence for one that can't be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise unreadable(str(path), "it is no plain file", "put an .ics file there")
        return path.read_bytes()
    except FileNotFoundError as error:
        what = (
            "there is no such file" if not path.is_symlink() else "it is a link to a file that is not there"
        )
        raise Vanished(Problem(str(path), what, "put the calendar there, or correct the path")) from error
    except OSError as error:
        raise _of_system(path, error, "the file") from error


def _of_system(path: Path, error: OSError, thing: str) -> CalendarUnreadable:
    if isinstance(error, FileNotFoundError):
        return unreadable(str(path), f"{thing} is not there", "create it, or correct the path in the config")
    if isinstance(error, PermissionError):
        return unreadable(str(path), f"{thing} may not be read by this user", "grant read permission")
    return unreadable(str(path), f"{thing} can't be read: {error.strerror or error}", "look at the disk")
