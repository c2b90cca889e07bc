"""khal's own collection: a vdir, read into its SQLite database, and asked.

It does more than is measured of the others: series are followed up to 2037 and everything is stored. The file is split into a vdir,
one item a UID, before the clock runs: that is the form in which vdirsyncer leaves calendars for khal.
"""

import logging
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import pytz
from khal.khalendar import CalendarCollection
from khal.khalendar.event import Event
from measure import Meeting, measured

logging.disable()  # khal warns of every EXDATE that matches nothing
_BERLIN = pytz.timezone("Europe/Berlin")
_LOCALE = {
    "default_timezone": _BERLIN,
    "local_timezone": _BERLIN,
    "dateformat": "%Y-%m-%d",
    "longdateformat": "%Y-%m-%d",
    "timeformat": "%H:%M",
    "datetimeformat": "%Y-%m-%d %H:%M",
    "longdatetimeformat": "%Y-%m-%d %H:%M",
    "firstweekday": 0,
    "weeknumbers": False,
    "unicode_symbols": True,
}


def split(path: Path, folder: Path) -> None:
    """Write one item a UID into the folder, each with the zones of the file."""
    head, *blocks = path.read_bytes().split(b"BEGIN:VEVENT\r\n")
    items: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for block in blocks:
        body = block.partition(b"END:VEVENT\r\n")[0]
        uid = body.partition(b"\r\nUID:")[2].partition(b"\r\n")[0]
        items[uid].append(b"BEGIN:VEVENT\r\n" + body + b"END:VEVENT\r\n")
    for uid, events in items.items():
        (folder / f"{uid.decode()}.ics").write_bytes(head + b"".join(events) + b"END:VCALENDAR\r\n")


def main() -> None:
    """Split, then measure."""
    with tempfile.TemporaryDirectory() as folder:
        vdir = Path(folder, "vdir")
        vdir.mkdir()
        split(Path(sys.argv[1]), vdir)
        owner = {"name": "owner", "path": str(vdir), "readonly": True, "ctype": "calendar"}
        calendars = {"owner": {**owner, "color": "", "priority": 10, "addresses": []}}

        def read(_path: Path, start: datetime, end: datetime) -> Iterable[Event]:
            collection = CalendarCollection(calendars, locale=_LOCALE, dbpath=f"{folder}/khal.db")
            naive = (start.replace(tzinfo=None), end.replace(tzinfo=None))
            low, high = map(_BERLIN.localize, naive)
            return chain(collection.get_localized(low, high), collection.get_floating(*naive))

        measured(read, told)


def told(each: Event) -> Meeting | None:
    """Leave out what was cancelled; khal's all-day events end on their last day, and not on the day after."""
    if each.status == "CANCELLED":
        return None
    return each.uid, each.start, each.end + timedelta(days=1) if each.allday else each.end


if __name__ == "__main__":
    main()
