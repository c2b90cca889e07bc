"""The SQLite file: opening, its shape, and what can go wrong with it, in sentences."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import StaticPool

from scheduler.errors import BadConfig, Problem, WriteFailed
from scheduler.files import OWNER_ONLY, make_private_folder, write_trouble
from scheduler.state.tables import HEAD, KNOWN

FILE_NAME = "onetoone.sqlite3"
_BUSY_SECONDS = 5.0


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open the file so that nothing can be written to it, not even a journal beside it."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=_BUSY_SECONDS)


def copied_to_memory(path: Path) -> sqlite3.Connection:
    """Return a copy of the database in memory; the file is left as it is."""
    copy = sqlite3.connect(":memory:")
    with closing(open_read_only(path)) as source:
        source.backup(copy)
    return copy


@contextmanager
def recovered(path: Path) -> Iterator[Path]:
    """Lend a copy of the database and of the journal that a killed run left, for SQLite to play it back.

    Only a writer may play a journal back; a command that only reads does it elsewhere.
    """
    with TemporaryDirectory(prefix="onetoone-") as elsewhere:
        for file in (path, path.with_name(path.name + "-journal")):
            shutil.copyfile(file, Path(elsewhere) / file.name)
        copy = Path(elsewhere) / path.name
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        yield copy


def is_unfinished(error: OperationalError) -> bool:
    """Say whether reading failed since a killed run left its journal behind."""
    return getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_READONLY")


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the file, or create it for the owner's eyes only; raise OSError where that can't be done."""
    make_private_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    # Threads take turns: see `Store`.
    return sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)


def engine_of(connection: sqlite3.Connection) -> Engine:
    """Return an engine on this one connection; a transaction holds for the schema as well."""
    connection.isolation_level = None  # Python's own BEGIN leaves CREATE TABLE outside of the transaction
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(started: Connection) -> None:
        started.exec_driver_sql("BEGIN")

    return engine


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[Connection]:
    """Hold one transaction on the connection, and close it afterwards."""
    engine = engine_of(connection)
    try:
        with engine.begin() as begun:
            yield begun
    finally:
        engine.dispose()


def revision_of(connection: Connection, path: Path) -> str | None:
    """Return the revision of the schema; None for a file with no table in it.

    Raises BadConfig where the file was made by a newer version, or by another program.
    """
    names = inspect(connection).get_table_names()
    if not names:
        return None
    found = None
    if "alembic_version" in names:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if found is None:
        raise BadConfig(
            Problem(str(path), "the database was not made by onetoone", "set another [job] state")
        )
    if found not in KNOWN:
        what = f"the database was made by a newer onetoone (its schema is {found}, this one knows {HEAD})"
        raise BadConfig(Problem(str(path), what, "upgrade onetoone, or set another [job] state"))
    return str(found)


def upgrade(connection: Connection) -> None:
    """Bring the schema to HEAD, inside the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - slow to import, and needed once in a database's life
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "scheduler.state:migrations")
    command.upgrade(config, HEAD)


@contextmanager
def unreadable_in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says about reading into BadConfig: the file, what is wrong, what to do."""
    try:
        yield
    except (sqlite3.DatabaseError, DatabaseError, OSError, ValueError, KeyError, TypeError) as error:
        cause = getattr(error, "orig", None) or error
        if _is_damage(cause):
            what = "the database is damaged"
            remedy = "put a backup in its place, or move it away: the marks on the calendars' events tell most of it"
        else:
            said = getattr(cause, "strerror", None) or cause
            what, remedy = f"can't be read ({said})", "look at the file's and the folder's permissions"
        raise BadConfig(Problem(str(path), what, remedy)) from error


@contextmanager
def unwritten_in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says about writing into WriteFailed; what was stored before is still whole."""
    try:
        yield
    except (sqlite3.DatabaseError, DatabaseError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise WriteFailed(Problem(str(path), *_writing_in_words(cause))) from error


def _writing_in_words(cause: object) -> tuple[str, str]:
    unusual = f"can't be written ({cause})", "look at [job] state in onetoone.toml"
    if isinstance(cause, OSError):
        return write_trouble(cause, unusual)
    said = str(cause).lower()
    if _is_damage(cause):
        return "the database is damaged", "put a backup in its place, or move it away"
    if "full" in said:
        return "the disk is full", "make room and run again; nothing is lost"
    if "locked" in said:
        return "another program holds the database", "close it and run again"
    if "readonly" in said:
        return "may not be written", "give this user write permission on the file and its folder"
    return unusual


def _is_damage(cause: object) -> bool:
    if isinstance(cause, OSError):
        return False
    operational = isinstance(cause, sqlite3.OperationalError)
    return not operational or "malformed" in str(cause) or "no such" in str(cause)
