"""Fixtures for tests that talk to the fake; `on_loopback` opens the sockets of loopback, and no others.

A module of tests that imports them names them in `__all__`: they are used by name alone.
"""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_worlds import Client, people

on_loopback = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def fake() -> Iterator[FakeGoogle]:
    """Give a fake with a few people; whatever was asked of it must have been allowed."""
    with people(FakeGoogle()) as started:
        yield started
    assert started.violations == []


@pytest.fixture
def client(fake: FakeGoogle) -> Iterator[Client]:
    """Give a way to the fake."""
    with closing(Client(fake)) as way:
        yield way
