"""Pairs, banks and documents for the tests of agendas."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.agenda.openers import Bank, parse_bank
from scheduler.agenda.write import Prepared, prepare
from scheduler.hours import WorkingHours
from scheduler.memory import OpenerUse
from scheduler.people import CalendarSource, Pair, Person
from scheduler.settings import AgendaSettings

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = timedelta(weeks=1)
FIRST = datetime(2026, 11, 3, 10, tzinfo=BERLIN)
CONFIG = Path(__file__).parents[2] / "config"
TEMPLATE = (CONFIG / "agenda.md").read_text(encoding="utf-8")
BANK_TEXT = (CONFIG / "openers.md").read_text(encoding="utf-8")
BANK = parse_bank(BANK_TEXT)
SETTINGS = AgendaSettings()


def person(name: str, email: str | None = None, zone: str = "Europe/Berlin") -> Person:
    """Return somebody who works from nine to five."""
    return Person(
        email=email or f"{name.partition(' ')[0].lower()}@example.org",
        name=name,
        tz=ZoneInfo(zone),
        hours=WorkingHours.parse("Mon-Fri 09:00-17:00"),
        calendar=CalendarSource("folder"),
    )


PAIR = Pair(person("Ann Example"), person("Bo Sample"))


def prepared(
    text: str | None,
    start: datetime = FIRST,
    *,
    pair: Pair = PAIR,
    original: datetime | None = None,
    bank: Bank = BANK,
    template: str = TEMPLATE,
    used: tuple[OpenerUse, ...] = (),
    settings: AgendaSettings = SETTINGS,
    not_held: Collection[datetime] = (),
) -> Prepared | None:
    """Prepare an agenda with the shipped config."""
    return prepare(
        pair,
        original or start,
        start,
        text,
        bank=bank,
        template=template,
        used=used,
        settings=settings,
        not_held=not_held,
    )


def written(text: str | None, start: datetime = FIRST, **more: object) -> str:
    """Return the document with the agenda of a meeting that has none yet."""
    made = prepared(text, start, **more)  # type: ignore[arg-type] # passes on what `prepared` takes
    assert made is not None
    return made.text


def typed(text: str, follow_ups: str = "", *, heard: str = "", theirs: str = "", ideas: str = "") -> str:
    """Return the document as it is after people wrote into its newest section."""
    for heading, words in (
        ("Theirs (", theirs),
        ("Heard,", heard),
        ("Their ideas", ideas),
        ("Follow-ups", follow_ups),
    ):
        if words:
            at = text.index("\n\n", text.index(f"### {heading}")) + 2
            text = text[:at] + words.rstrip() + "\n" + text[at:]
    return text


def weekly(count: int, type_in: Callable[[int, str], str] = lambda _, text: text) -> str:
    """Return a document after a number of weekly meetings; `type_in` is what people do after each."""
    text: str | None = None
    used: tuple[OpenerUse, ...] = ()
    for week in range(count):
        made = prepared(text, FIRST + week * WEEK, used=used)
        assert made is not None
        used += made.used
        text = type_in(week, made.text)
    return text or ""


def newest(text: str) -> str:
    """Return the newest section of a document, from its heading to the next."""
    start = text.index("\n## ") + 1
    end = text.find("\n## ", start)
    return text[start:] if end < 0 else text[start : end + 1]


def part(section: str, heading: str) -> str:
    """Return what stands in a section below a heading of any level, up to the next of the same or a higher one."""
    lines = section.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("#") and heading in line)
    level = lines[at].index(" ")
    rest = lines[at + 1 :]
    stop = (n for n, line in enumerate(rest) if line.startswith("#") and line.index(" ") <= level)
    return "\n".join(rest[: next(stop, len(rest))]).strip()
