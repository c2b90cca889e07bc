"""Whole organisations from a file: a JSON object a line, each a person with their events.

    {"email": "ann@example.com", "time_zone": "Europe/London", "name": "Ann Archer", "manager": null, "events": [...]}

`email` is all that must be there. Events are Calendar's JSON, organized by that person; their guests get copies.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.fake_google.calls import Json
from tests.fake_google.fake import FakeGoogle


def load(fake: FakeGoogle, path: Path) -> int:
    """Add everybody in a file, then everybody's events; return how many events there are.

    The file is read twice, a line at a time: guests must be there before they are invited.
    """
    for person in _people(path):
        person.pop("events", None)
        fake.add_account(**person)
    events = 0
    for person in _people(path):
        for event in person.get("events", ()):
            fake.people.create_event(person["email"], **event)
            events += 1
    return events


def _people(path: Path) -> Iterator[Json]:
    with path.open() as lines:
        for line in lines:
            yield json.loads(line)
