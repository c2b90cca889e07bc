"""The fixture of the live check's tests; a module that imports it names it in `__all__`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.live_worlds import LiveWorld, live_world


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveWorld]:
    """Give a Google that behaves as is believed; retries do not wait."""
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda _: None)
    with live_world(tmp_path / "state") as found:
        yield found
