"""The fake Google in a process of its own, with a large organisation in it, for `benchmarks.google`.

    .venv/bin/python -m benchmarks.google_fake MANAGERS LATENCY KEY_FILE

Prints its address once it serves. A line on standard input is answered with the requests since the last one, by
method, as JSON; the end of the input ends it.
"""

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.google.scopes import Scope
from tests.fake_google.drive_and_docs import DriveAndDocs
from tests.fake_google.fake import FakeGoogle

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
REPORTS, EVENTS = 8, 250
_ZONE = "Europe/Berlin"
_MONDAY = datetime(2026, 6, 1)  # noqa: DTZ001 - a wall clock; Google gets the zone beside it
_WITHOUT = 0.01  # of the pairs have no 1-2-1


def main() -> None:
    """Serve until the input ends."""
    managers, latency, key = int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    with FakeGoogle(DriveAndDocs(), now=lambda: NOW) as fake:
        fake.delegate(Scope)
        fake.service_account_file(key)
        chance = random.Random(1)  # noqa: S311 - sample data, not a secret
        for number in range(managers):
            add_manager(fake, number, chance)
        fake.serving.latency = latency
        fake.serving.check_answers = False
        print(fake.root, flush=True)
        for _ in sys.stdin:
            print(
                json.dumps({"requests": fake.log.by_method(), "violations": fake.violations[:3]}), flush=True
            )
            fake.log.clear()


def add_manager(fake: FakeGoogle, number: int, chance: random.Random) -> None:
    """Add a manager with eight reports: 1-2-1s, staff meetings, and what else fills a calendar, some of it moved."""
    boss = f"m{number}@example.com"
    fake.add_account(boss, _ZONE)
    team = [f"r{number}-{report}@example.com" for report in range(REPORTS)]
    for report in team:
        fake.add_account(report, _ZONE, manager=boss)
    add = fake.people.create_event
    made = 0
    for position, report in enumerate(team):
        if chance.random() >= _WITHOUT:
            add_one_to_one(fake, boss, report, position)
            made += 1
    for weekday, hour in ((0, 9), (3, 16)):
        start = _MONDAY + timedelta(days=weekday, hours=hour)
        add(boss, **times(start, 60), recurrence=["RRULE:FREQ=WEEKLY"], attendees=guests(boss, *team))
    for peer in range(12):
        start = _MONDAY + timedelta(days=peer % 5, hours=8 + peer // 5)
        rule = [f"RRULE:FREQ=WEEKLY;INTERVAL={1 + peer % 2}"]
        add(boss, **times(start, 25), recurrence=rule, attendees=guests(boss, f"peer{peer}@example.net"))
    for _ in range(EVENTS - made - 14):
        start = _MONDAY + timedelta(days=chance.randrange(300), hours=chance.randrange(8, 18))
        add(boss, **times(start, 30), attendees=guests(boss, "client@example.net"))


def add_one_to_one(fake: FakeGoogle, boss: str, report: str, position: int) -> None:
    """Add a 1-2-1 every two weeks, with one date moved and one called off."""
    start = _MONDAY + timedelta(weeks=position % 2, days=1 + position % 4, hours=10 + position // 4 * 3)
    rule = ["RRULE:FREQ=WEEKLY;INTERVAL=2"]
    event = fake.people.create_event(
        boss, **times(start, 30), recurrence=rule, attendees=guests(boss, report)
    )
    moved, off = (
        (start + timedelta(weeks=weeks) - timedelta(hours=2)).strftime("%Y%m%dT%H%M%SZ") for weeks in (8, 16)
    )
    fake.people.move_instance(
        boss, f"{event}_{moved}", (start + timedelta(weeks=8, hours=2)).replace(tzinfo=UTC)
    )
    fake.people.delete_instance(boss, f"{event}_{off}")


def times(start: datetime, minutes: int) -> dict[str, object]:
    """Return start and end of an event."""
    end = start + timedelta(minutes=minutes)
    return {
        "start": {"dateTime": start.isoformat(), "timeZone": _ZONE},
        "end": {"dateTime": end.isoformat(), "timeZone": _ZONE},
    }


def guests(*addresses: str) -> list[dict[str, str]]:
    """Return people who all come."""
    return [{"email": address, "responseStatus": "accepted"} for address in addresses]


if __name__ == "__main__":
    main()
