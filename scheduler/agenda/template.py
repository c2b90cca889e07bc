"""The agenda's template: Jinja in a sandbox, in which every mistake has a line and a plain sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from types import TracebackType

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scheduler.agenda.blocks import sections
from scheduler.agenda.entries import Part
from scheduler.errors import BadConfig, Problem

_ENVIRONMENT = ImmutableSandboxedEnvironment(
    autoescape=False,  # it writes Markdown; what comes in from documents passes safe_line
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item as a template lists it: its text, our note, and the indent below the one before it.

    `question` is the coaching question of a problem.
    """

    text: str
    note: str = ""
    indent: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that a template can use, by these names; all of it is Markdown already."""

    title: str
    manager: str
    report: str
    first: bool = False
    ask_after: int = 3
    open: tuple[Line, ...] = ()
    asked: tuple[Line, ...] = ()
    done: tuple[Line, ...] = ()
    parked: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    reserve: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    heard: tuple[Line, ...] = ()
    problems: tuple[Line, ...] = ()
    coaching: str = ""


_SAMPLE_LINE = Line(text="An item", note="*(since 3 Nov, 3 weeks)*", question="What could be done about it?")
_SAMPLE = Content(
    title="Tuesday 1 December 2026, 10:00",
    manager="Ann",
    report="Bo",
    open=(_SAMPLE_LINE,),
    asked=(_SAMPLE_LINE,),
    done=(_SAMPLE_LINE,),
    parked=("An item",),
    openers=("How is it going?",),
    reserve=("What else?",),
    topics=("A topic",),
    heard=(_SAMPLE_LINE,),
    problems=(_SAMPLE_LINE,),
    coaching="What could be done about it?",
)


def render(template: str, content: Content, where: str = "agenda.md") -> str:
    """Return the section that the template makes of the content; raise BadConfig with the line of a mistake."""
    names: Mapping[str, object] = {f.name: getattr(content, f.name) for f in fields(content)}
    try:
        text = _compiled(template).render(names)
    except TemplateSyntaxError as error:
        raise _bad(where, error.lineno, _sentence(error)) from error
    except Exception as error:
        raise _bad(where, _line(error.__traceback__), _sentence(error)) from error
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


@lru_cache(maxsize=8)
def _compiled(template: str) -> Template:
    return _ENVIRONMENT.from_string(template.removeprefix("\ufeff"))


def template_problems(template: str, where: str = "agenda.md") -> tuple[Problem, ...]:
    """Return what is wrong with a template: mistakes, or headings below which nothing would be read back."""
    try:
        full = render(template, _SAMPLE, where)
        render(template, Content(title=_SAMPLE.title, manager="Ann", report="Bo", first=True), where)
    except BadConfig as error:
        return error.problems
    found = tuple(sections(full))
    if not found:
        return (Problem(where, "the agenda begins with no heading", "begin with a line '## {{ title }}'"),)
    listed = {entry.part for section in found for entry in section.entries}
    problems = []
    if Part.FOLLOW_UPS not in listed:
        what = "no heading says where follow-ups are written, so none would be read back"
        remedy = "add a line '### Follow-ups for next time' with a line '- [ ]' below"
        problems.append(Problem(where, what, remedy))
    if _SAMPLE_LINE.text not in full:
        problems.append(
            Problem(
                where,
                "open follow-ups are not listed",
                "loop over 'open' and 'asked' as the default template does",
            )
        )
    return tuple(problems)


def _bad(where: str, line: int | None, what: str) -> BadConfig:
    place = f"{where}:{line}" if line else where
    return BadConfig(Problem(place, what, "docs/agendas.md shows what a template may hold"))


def _sentence(error: Exception) -> str:
    said = (str(error) or type(error).__name__).rstrip(".")
    if isinstance(error, UndefinedError):
        known = ", ".join(f.name for f in fields(Content))
        return f"{said}; a template knows {known}"
    if isinstance(error, TemplateError):
        return f"the template does not work: {said}"
    return f"the template fails when it is filled in: {said}"


def _line(trace: TracebackType | None) -> int | None:
    """Return the innermost line that lies in the template itself."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
