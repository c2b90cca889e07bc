"""Agendas: what stands in the pairs' documents, and writing what is missing."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.agenda.blocks import marked_meetings
from scheduler.agenda.document import document_head
from scheduler.agenda.openers import Bank, parse_bank
from scheduler.agenda.template import template_problems
from scheduler.agenda.write import agenda_for_display, prepare
from scheduler.cadence.results import GapReport, Meeting, MeetingOutcome, PairCoverage, PairStatus
from scheduler.documents.folder import FolderDocuments
from scheduler.documents.interface import DocumentStore
from scheduler.errors import BadConfig, CalendarUnreadable, OnetooneError, Problem, WrongUsage
from scheduler.memory import Memory, OpenerUse
from scheduler.people import Pair
from scheduler.planning.agendas import due_before
from scheduler.planning.changes import Outcome
from scheduler.planning.situation import AgendasDue
from scheduler.settings import AgendaSettings, Settings
from scheduler.several import several_at_once
from scheduler.shipped import default_file
from scheduler.state.store import Store

if TYPE_CHECKING:  # it needs libraries that a base install lacks
    from scheduler.google.client import Google

_NOT_HELD = frozenset({MeetingOutcome.CANCELLED, MeetingOutcome.DECLINED})


@dataclass(frozen=True, slots=True)
class Texts:
    """The openers and the agenda's template."""

    bank: Bank
    template: str


def read_text(directory: Path, name: str) -> str:
    """Return a file of the config folder, or the one that comes with the program; raise BadConfig."""
    path = directory / name
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else default_file(name)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        what = f"it can't be read ({reason})"
        remedy = "mend it, or take it away: then the one that comes with onetoone is used"
        raise BadConfig(Problem(str(path), what, remedy)) from error


class Agendas:
    """The pairs' agenda documents: read when a plan is made, written when it is carried out."""

    def __init__(self, settings: Settings, now: datetime, google: "Google | None" = None) -> None:
        """Keep documents where the settings say; raise BadConfig where that is Google Docs and there is no `google`."""
        self._settings = settings
        self._documents = _documents(settings, now, google)
        waits = settings.documents_provider == "google" and settings.google is not None
        self.threads = settings.google.threads if waits and settings.google is not None else 1

    @cached_property
    def texts(self) -> Texts:
        """The openers and the template of this config; raise BadConfig where one can't be read or does not work."""
        home = self._settings.directory
        template = read_text(home, "agenda.md")
        problems = template_problems(template, str(home / "agenda.md"))
        if problems:
            raise BadConfig(*problems)
        return Texts(parse_bank(read_text(home, "openers.md")), template)

    def standing(self, gaps: GapReport, memory: Memory) -> AgendasDue:
        """Return which meetings have an agenda already, for the pairs that meet soon enough to need one now.

        A pair whose next agenda is remembered as written is left out: its document is not read for that.
        """
        now, ahead = gaps.generated_at, self._settings.agenda.ahead
        written = {(each.manager, each.report, each.meeting) for each in memory.agendas}
        due = [
            coverage.pair
            for coverage in gaps.pairs
            if (coming := _next_planned(coverage)) is not None
            and coming.span.start < due_before(coverage.pair, now, ahead)
            and not _is_written(coverage.pair, coming, written)
        ]
        sections: dict[tuple[str, str], frozenset[datetime]] = {}
        unreadable: dict[tuple[str, str], Problem] = {}
        missing: set[tuple[str, str]] = set()

        def read(pair: Pair) -> None:
            try:
                stored = self._documents.read(pair)
            except OnetooneError as error:
                unreadable[pair.key] = error.problems[0]
            else:
                if stored is None:
                    missing.add(pair.key)
                else:
                    sections[pair.key] = marked_meetings(stored.text)

        several_at_once(read, due, self.threads)
        return AgendasDue(sections, unreadable, frozenset(missing))

    def shown(self, coverage: PairCoverage, memory: Memory) -> str:
        """Return the agenda of the pair's next meeting as Markdown.

        Raise WrongUsage where none is planned, CalendarUnreadable where nobody knows.
        """
        meeting = _next_planned(coverage)
        if meeting is None:
            if coverage.status is PairStatus.UNKNOWN:
                what = f"whether a meeting is planned is not known. {' '.join(coverage.reasons).rstrip('.')}"
                raise CalendarUnreadable(
                    Problem(f"the agenda of {coverage.pair}", what, "onetoone doctor says more")
                )
            what = f"no meeting of {coverage.pair} is planned"
            raise WrongUsage(Problem("agenda", what, "onetoone plan shows what would be set up for them"))
        stored = self._documents.read(coverage.pair)
        return agenda_for_display(
            coverage.pair,
            meeting.original_start,
            meeting.span.start,
            stored.text if stored else None,
            bank=self.texts.bank,
            template=self.texts.template,
            used=memory.openers,
            settings=self._settings.agenda,
            not_held=_not_held(coverage.meetings),
        )

    def writing_to(self, store: Store, memory: Memory, gaps: GapReport) -> "AgendaWriter":
        """Return what writes agendas, and remembers in the store which openers they used."""
        return AgendaWriter(self._settings.agenda, self._documents, self.texts, store, _Past(memory, gaps))


class _Past:
    """What agendas take up, by pair: the openers that were used, and the meetings that did not take place."""

    def __init__(self, memory: Memory, gaps: GapReport) -> None:
        self._meetings = {coverage.pair.key: coverage.meetings for coverage in gaps.pairs}
        self._used: defaultdict[tuple[str, str], list[OpenerUse]] = defaultdict(list)
        for use in memory.openers:
            self._used[use.manager, use.report].append(use)

    def used(self, pair: Pair) -> Sequence[OpenerUse]:
        return self._used.get(pair.key, ())

    def not_held(self, pair: Pair) -> frozenset[datetime]:
        return _not_held(self._meetings.get(pair.key, ()))


class AgendaWriter:
    """Writes agendas while a plan is carried out; every call may be repeated, a second one meets the first."""

    def __init__(
        self, settings: AgendaSettings, documents: DocumentStore, texts: Texts, store: Store, past: _Past
    ) -> None:
        self._settings = settings
        self._documents = documents
        self._texts = texts
        self._store = store
        self._past = past

    def open_document(self, pair: Pair) -> str:
        """Create the pair's document where there is none, and return its address; raise WriteFailed.

        One that is still empty was begun by a run that was killed, and is finished.
        """
        stored = self._documents.read(pair)
        if stored is None or not stored.text.strip("\ufeff \t\r\n"):
            self._documents.write(pair, document_head(pair), stored.revision if stored else None)
        return self._documents.link(pair)

    def write(self, pair: Pair, meeting: datetime, start: datetime) -> tuple[Outcome, str]:
        """Write the agenda of the meeting with this original start; return what became of it, and why.

        Which openers it uses is remembered before it is written: killed between the two, the next run chooses
        the same ones.
        """
        stored = self._documents.read(pair)
        prepared = prepare(
            pair,
            meeting,
            start,
            stored.text if stored else None,
            bank=self._texts.bank,
            template=self._texts.template,
            used=self._past.used(pair),
            settings=self._settings,
            not_held=self._past.not_held(pair),
        )
        if prepared is None:
            return Outcome.ALREADY_SO, "it stands in their document already"
        self._store.remember_openers(prepared.used)
        self._documents.write(pair, prepared.text, stored.revision if stored else None)
        return Outcome.DONE, ""


def _documents(settings: Settings, now: datetime, google: "Google | None") -> DocumentStore:
    """Return the provider of documents that the config names."""
    if settings.documents_provider != "google":
        return FolderDocuments(settings.job.agendas, clock=lambda: now, base_url=settings.documents_url)
    if google is None:
        what = "documents are to be kept in Google Docs, but there is no way to Google"
        remedy = "set [google] credentials, or use provider 'folder' in [documents]"
        raise BadConfig(Problem("onetoone.toml: [documents]", what, remedy))
    from scheduler.documents.google_docs import GoogleDocuments  # noqa: PLC0415 - needs the extra `google`

    return GoogleDocuments(google)


def _next_planned(coverage: PairCoverage) -> Meeting | None:
    return next((meeting for meeting in coverage.meetings if meeting.outcome is MeetingOutcome.PLANNED), None)


def _is_written(pair: Pair, meeting: Meeting, written: Container[tuple[str, str, datetime]]) -> bool:
    """Say whether the meeting's agenda is remembered as written, under whichever addresses of the two."""
    two = product(pair.manager.addresses, pair.report.addresses)
    return any((manager, report, meeting.original_start) in written for manager, report in two)


def _not_held(meetings: Iterable[Meeting]) -> frozenset[datetime]:
    """Return the original starts of meetings that did not take place; a moved one did, elsewhere."""
    return frozenset(meeting.original_start for meeting in meetings if meeting.outcome in _NOT_HELD)
