"""What was agreed at the sample organisation so far: documents as managers and reports left them.

Each section is made by the program's own hand, as it was at that meeting, and then typed into.
"""

import os
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from scheduler.agenda.openers import parse_bank
from scheduler.agenda.write import prepare
from scheduler.demo.people import DOMAIN
from scheduler.demo.scenarios import HISTORIES, History
from scheduler.documents.names import document_file
from scheduler.files import OWNER_ONLY, replace_file
from scheduler.people import Pair, Roster
from scheduler.settings import AgendaSettings
from scheduler.shipped import default_file

EMPTY_BOX = "- [ ]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One meeting as it went: what was ticked or struck in its agenda, and what was typed into it."""

    week: int
    done: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    heard: str = ""
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The meetings of one pair, the earliest first."""

    manager: str
    report: str
    talks: tuple[Talk, ...]


CONVERSATIONS = (
    Conversation(
        manager="tomas.lindqvist",
        report="anna.weiss",
        talks=(
            Talk(
                week=-6, agreed=("Anna: write up the outage", "Tomas: ask finance about the second monitor")
            ),
            Talk(
                week=-4,
                done=("Anna: write up the outage",),
                heard="The on-call weeks are getting to her",
                agreed=(
                    "Anna: try out pairing with Bo on the importer",
                    "Tomas: find somebody to share on-call by Friday",
                ),
            ),
            Talk(
                week=-2,
                done=("Tomas: find somebody to share on-call",),
                agreed=("Anna: show the importer to the team",),
            ),
        ),
    ),
    Conversation(
        manager="aisha.khan",
        report="uma.iyer",
        talks=(
            Talk(
                week=-4,
                agreed=("Uma: sketch the new search page", "Aisha: introduce Uma to the research group"),
            ),
            Talk(
                week=-2,
                done=("Aisha: introduce Uma to the research group",),
                struck=("Uma: sketch the new search page",),
                agreed=("Uma to ask three users what they look for",),
            ),
        ),
    ),
    Conversation(
        manager="tomas.lindqvist",
        report="hugo.martin",
        talks=(
            Talk(
                week=-2,
                heard="Wonders what comes after this project",
                agreed=("@hugo list two things to learn next",),
            ),
        ),
    ),
)


def write_earlier_agendas(folder: Path, roster: Roster, now: datetime) -> None:
    """Write the documents, each last touched at its latest meeting: nobody is typing in them now."""
    for conversation in CONVERSATIONS:
        manager = roster.people[f"{conversation.manager}@{DOMAIN}"]
        report = roster.people[f"{conversation.report}@{DOMAIN}"]
        text, latest = _document(conversation, Pair(manager, report), now)
        path = folder / document_file(Pair(manager, report))
        replace_file(path, text.encode(), mode_if_new=OWNER_ONLY)
        os.utime(path, (latest.timestamp(), latest.timestamp()))


def _document(conversation: Conversation, pair: Pair, now: datetime) -> tuple[str, datetime]:
    history = next(
        h for h in HISTORIES if (h.manager, h.report) == (conversation.manager, conversation.report)
    )
    text: str | None = None
    meeting = now
    for talk in conversation.talks:
        meeting = _meeting(history, talk.week, pair, now)
        prepared = prepare(
            pair,
            meeting,
            meeting,
            text,
            bank=parse_bank(default_file("openers.md")),
            template=default_file("agenda.md"),
            used=(),
            settings=AgendaSettings(),
        )
        if prepared is not None:
            text = _typed(prepared.text, prepared.section, talk)
    return text or "", meeting


def _meeting(history: History, week: int, pair: Pair, now: datetime) -> datetime:
    monday = (now - timedelta(days=now.weekday())).date()
    day = monday + timedelta(weeks=week, days=history.weekday)
    return datetime.combine(day, time.fromisoformat(history.clock), pair.manager.tz)


def _typed(text: str, section: str, talk: Talk) -> str:
    """Return the document as the two left it after a meeting: ticks, strikes, what was heard and agreed."""
    lines = [_answered(line, talk) for line in section.splitlines()]
    if talk.heard:
        place = next(n for n, line in enumerate(lines) if line.startswith("### Heard"))
        lines[place + 2] = f"- {talk.heard}"
    boxes = [n for n, line in enumerate(lines) if line.strip() == EMPTY_BOX]
    lines[boxes[0] :] = [f"{EMPTY_BOX} {agreed}" for agreed in talk.agreed]
    return text.replace(section.rstrip("\n"), "\n".join(lines))


def _answered(line: str, talk: Talk) -> str:
    if any(item in line for item in talk.done):
        return line.replace("[ ]", "[x]", 1)
    if any(item in line for item in talk.struck):
        box, _, words = line.partition("] ")
        return f"{box}] ~~{words}~~"
    return line
