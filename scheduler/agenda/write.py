"""The agenda of a pair's next meeting: read what stands open, choose questions, put the section on top."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.agenda.blocks import entries, mark, sections
from scheduler.agenda.document import document_head, find_section, section_text, with_section
from scheduler.agenda.entries import Part
from scheduler.agenda.follow_ups import State, note
from scheduler.agenda.history import History, Standing, read_history
from scheduler.agenda.openers import Bank, Chosen, choose, uses
from scheduler.agenda.owners import called_name
from scheduler.agenda.template import Content, Line, render
from scheduler.agenda.wording import fingerprint, meeting_title, safe_line, safe_name
from scheduler.errors import BadConfig, Problem
from scheduler.memory import OpenerUse
from scheduler.people import Pair
from scheduler.settings import AgendaSettings

_HEADING = re.compile(r"(?m)^#{1,6}[ \t].*$")
_STRUCK = "~~"


@dataclass(frozen=True, slots=True)
class Prepared:
    """The whole document with the new section in it, the section alone, and the questions that it uses."""

    text: str
    section: str
    used: tuple[OpenerUse, ...]


def prepare(
    pair: Pair,
    original_start: datetime,
    start: datetime,
    text: str | None,
    *,
    bank: Bank,
    template: str,
    used: Sequence[OpenerUse],
    settings: AgendaSettings,
    not_held: Collection[datetime] = (),
) -> Prepared | None:
    """Return the document with an agenda for the meeting on top; None where its section stands already.

    `original_start` is the meeting's identity and `start` when it now takes place; they differ for a
    moved one. `text` is the document as read, None where there is none yet. `not_held` are the original
    starts of meetings that did not take place: what people had noted under *Theirs* for them comes up again.
    The same arguments give the same text whenever it is asked. Raises BadConfig for a faulty template.
    """
    document = text or ""
    title = meeting_title(pair, start)
    if find_section(document, original_start, title) is not None:
        return None
    blank = Content(
        title=title, manager=_called(pair)[0], report=_called(pair)[1], ask_after=settings.ask_after_carries
    )
    day = start.astimezone(pair.manager.tz).date()
    history = read_history(sections(document), pair, day, _boilerplate(template, blank), not_held)
    problems = [c for c in history.concerns if c.carries > 1 or c.part is Part.IDEAS]
    chosen = choose(bank, pair.key, original_start, used, settings, problems=max(1, len(problems)))
    rendered = render(
        template, _content(blank, history, problems, chosen, day, first=not _met_before(document, pair))
    )
    section = _marked(rendered, history, original_start.astimezone(pair.manager.tz))
    if not document.strip("\ufeff \t\r\n"):
        document += document_head(pair)
    return Prepared(with_section(document, section), section, uses(chosen, pair.key, original_start))


def agenda_for_display(
    pair: Pair,
    original_start: datetime,
    start: datetime,
    text: str | None,
    *,
    bank: Bank,
    template: str,
    used: Sequence[OpenerUse],
    settings: AgendaSettings,
    not_held: Collection[datetime] = (),
) -> str:
    """Return the agenda of the meeting as Markdown: as it stands, or as it would be written now."""
    standing = find_section(text or "", original_start, meeting_title(pair, start))
    if standing is not None:
        return section_text(text or "", standing)
    made = prepare(
        pair,
        original_start,
        start,
        text,
        bank=bank,
        template=template,
        used=used,
        settings=settings,
        not_held=not_held,
    )
    if made is None:  # pragma: no cover - prepare finds no section where find_section found none
        return ""
    return section_text(made.section, next(iter(sections(made.section))))


def _called(pair: Pair) -> tuple[str, str]:
    manager, report = called_name(pair.manager, pair.report), called_name(pair.report, pair.manager)
    return safe_name(manager), safe_name(report)


def _met_before(document: str, pair: Pair) -> bool:
    """Say whether anything stands in the document beside the head that it was made with."""
    head = {entry.text for entry in entries(document_head(pair))}
    return any(entry.text not in head for section in sections(document) for entry in section.entries)


def _boilerplate(template: str, blank: Content) -> frozenset[tuple[Part, str]]:
    """Return what stands in an empty agenda too: a template's own text is nobody's follow-up."""
    empty = render(template, blank) + "\n" + render(template, _first(blank))
    return frozenset((entry.part, fingerprint(entry.text)) for entry in entries(empty))


def _first(blank: Content) -> Content:
    return Content(
        title=blank.title, manager=blank.manager, report=blank.report, ask_after=blank.ask_after, first=True
    )


def _content(
    blank: Content,
    history: History,
    problems: Sequence[Standing],
    chosen: Chosen,
    day: date,
    *,
    first: bool,
) -> Content:
    asked = [item for item in history.open if item.carries >= blank.ask_after]
    questions = [safe_line(question.text) for question in chosen.coaching] or [""]
    return Content(
        title=blank.title,
        manager=blank.manager,
        report=blank.report,
        ask_after=blank.ask_after,
        first=first,
        open=_lines([item for item in history.open if item not in asked], day),
        asked=_lines(asked, day),
        done=tuple(
            Line(text=_closed(item)) for item in history.closed if item.item.state is not State.PARKED
        ),
        parked=tuple(_text(item) for item in history.closed if item.item.state is State.PARKED),
        openers=tuple(safe_line(question.text) for question in chosen.openers),
        reserve=tuple(safe_line(question.text) for question in chosen.reserve),
        topics=tuple(_text(topic) for topic in history.topics),
        heard=_lines([concern for concern in history.concerns if concern not in problems], day),
        problems=tuple(
            Line(text=_text(problem), note=_note(problem, day), question=questions[n % len(questions)])
            for n, problem in enumerate(problems)
        ),
        coaching="" if problems else questions[0],
    )


def _lines(items: Iterable[Standing], day: date) -> tuple[Line, ...]:
    """Return the items as lines, each indented below the one it was written under, if that is listed."""
    lines: list[Line] = []
    open_above: list[str] = []
    for standing in items:
        while open_above and open_above[-1] != standing.above:
            open_above.pop()
        lines.append(Line(text=_text(standing), note=_note(standing, day), indent="  " * len(open_above)))
        open_above.append(standing.item.key)
    return tuple(lines)


def _text(standing: Standing) -> str:
    return safe_line(standing.item.said)


def _note(standing: Standing, day: date) -> str:
    due = standing.item.due
    return note(standing.since, standing.carries, due.day if due else None, day)


def _closed(standing: Standing) -> str:
    text = _text(standing)
    return (
        f"{_STRUCK}{text}{_STRUCK}" if standing.item.state is State.STRUCK and _STRUCK not in text else text
    )


def _marked(rendered: str, history: History, meeting: datetime) -> str:
    """Put the invisible mark below the section's heading: the meeting, and what the section lists."""
    heading = _HEADING.search(rendered)
    if heading is None or rendered[: heading.start()].strip():
        what = "the agenda does not begin with a heading"
        raise BadConfig(Problem("agenda.md", what, "begin the template with a line '## {{ title }}'"))
    standing = (*history.open, *history.concerns, *history.topics)
    carried = [item.item.key for item in standing if _text(item) in rendered]
    told = [item.item.key for item in history.closed]
    made = mark(meeting, tuple(dict.fromkeys(carried)), tuple(dict.fromkeys(told)))
    return f"{rendered[: heading.end()]}\n{made}{rendered[heading.end() :]}"
