"""A memory that holds one of everything, and the file it is kept in."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.memory import (
    AgendaWritten,
    Exported,
    MadeSeries,
    Memory,
    OpenerUse,
    PairSeen,
    Refusal,
    SeriesState,
)
from scheduler.state.database import FILE_NAME
from scheduler.state.store import Store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MADE = MadeSeries(
    uid="u",
    key="k",
    manager="ann@x.org",
    report="bo@x.org",
    generation=1,
    start=datetime(2026, 12, 1, 10, tzinfo=BERLIN),
    timezone="Europe/Berlin",
    rrule="FREQ=WEEKLY",
    minutes=30,
    summary='1-2-1: Ännchen, "B" / 李\u202e;\'--',
    state=SeriesState.BEGUN,
    created_at=NOW,
)
WHOLE = Memory(
    began=NOW,
    series=(MADE,),
    pairs_seen=(PairSeen("ann@x.org", "bo@x.org", NOW),),
    openers=(OpenerUse("ann@x.org", "bo@x.org", "f00", NOW),),
    agendas=(AgendaWritten("ann@x.org", "bo@x.org", NOW),),
    exported=(Exported("u", "", "d", 3, NOW),),
    refusals=(Refusal("ann@x.org", "bo@x.org", "theirs", NOW, None),),
)


def keep(store: Store, memory: Memory) -> None:
    """Write all of it."""
    store.remember_series(*memory.series)
    store.remember_pairs(memory.pairs_seen)
    store.remember_openers(memory.openers)
    store.remember_agendas(*memory.agendas)
    store.remember_exported(memory.exported)
    store.remember_refusals(*memory.refusals)


def written(directory: Path, memory: Memory = WHOLE) -> Path:
    """Return the file that holds this memory."""
    with Store(directory, NOW) as store:
        keep(store, memory)
    return directory / FILE_NAME


def fingerprint(path: Path) -> str:
    """Return what changes with any byte."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
