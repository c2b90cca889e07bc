"""A memory that is damaged, another program's or of a later version stops the run."""

import sqlite3
from pathlib import Path

import pytest

from tests.acceptance.conftest import assert_clear, bytes_of, called, config

DATABASES = {
    "damaged": (b"garbage, not a database at all " * 40, "the database is damaged"),
    "another's": (None, "the database was not made by onetoone"),
}


@pytest.mark.parametrize(("content", "told"), DATABASES.values(), ids=DATABASES)
def test_a_memory_that_is_not_ours_is_left_alone(office: Path, content: bytes | None, told: str) -> None:
    """Without it a person's no is forgotten, so nothing is done."""
    path = office / "state" / "onetoone.sqlite3"
    path.parent.mkdir()
    if content is None:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE recipes (name)")
        connection.close()
    else:
        path.write_bytes(content)
    before = bytes_of(office)
    for command in ("run", "plan"):
        assert_clear(called(command, *config(office)), 2, f"{path}: {told}")
    assert bytes_of(office) == before


def test_a_memory_from_the_future_asks_for_an_upgrade(office: Path) -> None:
    """An older program could only lose what a newer one knows."""
    assert called("run", *config(office)).code == 0
    path = office / "state" / "onetoone.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.close()
    before = bytes_of(office)
    assert_clear(called("run", *config(office)), 2, "made by a newer onetoone", "upgrade onetoone")
    assert bytes_of(office) == before
