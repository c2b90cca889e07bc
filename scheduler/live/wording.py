"""What a live check says to people: before it starts, and a line a fact."""

from textwrap import wrap

from scheduler.live.finding import Finding, Verdict
from scheduler.live.ground import Circumstances
from scheduler.live.scratch import DOCUMENT_TITLE, TITLE
from scheduler.words import day_words

_WIDTH = 80
_INDENT = " " * 9


def announced(here: Circumstances) -> tuple[str, ...]:
    """Say what will be created and removed, and whom it reaches."""
    who, start = here.person.email, here.start
    when = f"{day_words(start.date())} {start.year}, {start:%H:%M}"
    things = []
    if here.calendars:
        things.append(f"a private series '{TITLE}' from {when} on in the calendar of {who}")
    if here.documents:
        things.append(
            f"a document '{DOCUMENT_TITLE}'" + ("" if here.calendars else f" in the Drive of {who}")
        )
    created = f"This creates {' and '.join(things)}, and removes {'both' if len(things) > 1 else 'it'} again."
    if here.guest is None:
        return (*_wrapped(f"{created} Nobody else is invited, and no mail is sent."),)
    mail = (
        f"{here.guest} is invited and gets ONE invitation mail; the removal sends none. Where their calendar is not Google's, "
        "they delete the invitation themselves."
    )
    return (*_wrapped(created), *_wrapped(mail))


def told(finding: Finding) -> tuple[str, ...]:
    """Return the lines of a finding, 80 columns wide; addresses are never broken."""
    first = wrap(
        finding.what,
        _WIDTH,
        initial_indent=f"{finding.verdict.value:<9}",
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    if finding.verdict is Verdict.HOLDS or not finding.then:
        return tuple(first)
    return (*first, *_wrapped(finding.then, _INDENT))


def _wrapped(text: str, indent: str = "") -> list[str]:
    return wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
