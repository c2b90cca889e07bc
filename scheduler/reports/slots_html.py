"""The best times of a pair as one HTML page that stands alone: no network, no other file, no script."""

import base64
import hashlib

from markupsafe import Markup

from scheduler.reports.html import environment
from scheduler.reports.slots_words import NOTHING_FITS, NOTHING_HELPS, TITLE, Page, shades
from scheduler.slots.advice import Advice
from scheduler.slots.picture import HalfHour, State
from scheduler.words import day_words, listed


def render_slots(advice: Advice, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write the page; the only style allowed in it is its own, by its hash, and no script at all.

    Nothing that a person typed gets in unescaped; names keep their own direction.
    """
    style = environment().get_template("slots.css.jinja").render(statuses=())
    return (
        environment()
        .get_template("slots.html.jinja")
        .render(
            page=Page(advice),
            title=TITLE,
            style=Markup(style),  # noqa: S704  our own file, with nothing put in
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            at=f"{day_words(advice.now.date())} {advice.now.year}, {advice.now:%H:%M %Z}",
            look=_look,
            shades=shades(advice.enough),
            listed=listed,
            nothing_fits=NOTHING_FITS,
            nothing_helps=NOTHING_HELPS,
        )
    )


def _look(cell: HalfHour) -> str:
    """Return the class that draws a half hour."""
    if cell.state is State.OPEN:
        return cell.shade.name.lower()
    return "way" if cell.state is State.ONE_TO_ONE else "outside"
