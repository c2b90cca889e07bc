"""What a cadence costs as one HTML page that stands alone: no network, no other file, no script."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from scheduler.capacity.results import CapacityReport, Fits, TeamCost, Totals
from scheduler.reports.capacity_bars import Bars, Scale
from scheduler.reports.capacity_words import (
    FIT_LOOKS,
    TITLE,
    TOO_FEW,
    Reason,
    before_words,
    fit_words,
    hours,
    hours_now,
    hours_together,
    key_words,
    more_words,
    names,
    reasons,
    share,
    sizes,
    what_if_words,
)
from scheduler.reports.html import environment
from scheduler.words import counted, day_words

SHOWN_AT_ONCE = 20
MOST_LEFT = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """How many managers fit in this way, which also chooses them."""

    key: str
    symbol: str
    word: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the sums at the head of the page: hours of managers, and of everybody."""

    name: str
    managers: str
    everybody: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One manager, ready to be written."""

    key: str
    name: str
    span: str
    held: str
    planned: str
    policy: str
    policy_fit: str
    if_asked: str
    share: str
    fit: str
    bars: Bars
    practice: str
    binds: bool
    reasons: tuple[Reason, ...]
    more: int


@dataclass(frozen=True)
class Page:
    """Everything that the template shows, in the words and the order in which it shows it."""

    report: CapacityReport

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """How many managers there are of each kind; those that there are none of only where they could be expected."""
        return tuple(
            Tile(fits.value, look.symbol, look.word, look.meaning, self.report.count(fits))
            for fits, look in FIT_LOOKS.items()
            if fits is not Fits.NOTHING_ASKED or self.report.count(fits)
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The sums, from what is to what would be; none for fewer than five people."""
        totals = self.report.totals
        return () if totals is None else tuple(_figures(totals, str(self.report.what_if)))

    @cached_property
    def scale(self) -> Scale:
        """The scale of all bars."""
        return Scale.of(self.report.teams)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The managers, what binds first."""
        called = names(self.report)
        return tuple(self._row(team, called[team.manager.email], called) for team in self.report.teams)

    @property
    def attention(self) -> tuple[Row, ...]:
        """Those of whom something is to be said: for whom it does not fit or is not known, and the widest spans."""
        return tuple(row for row in self.rows if row.binds or row.reasons)

    def _row(self, team: TeamCost, name: str, called: Mapping[str, str]) -> Row:
        load, now = team.load, team.now
        told, more = reasons(load.fit, called, MOST_LEFT)
        return Row(
            key=load.fit.fits.value,
            name=name,
            span=f"{team.span:,}",
            held=hours_now(now.held, now, team.span),
            planned=hours_now(now.planned, now, team.span),
            policy=hours(team.policy.hours),
            policy_fit=fit_words(team.policy.fit),
            if_asked=hours(load.hours),
            share=share(load),
            fit=fit_words(load.fit),
            bars=self.scale.bars(team),
            practice=team.practice,
            binds=team.binds,
            reasons=told,
            more=more,
        )


def render_capacity(report: CapacityReport, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write the page; the only style allowed in it is its own, by its hash, and no script at all.

    Nothing that a person typed gets in unescaped; names keep their own direction.
    """
    page = Page(report)
    style = environment().get_template("capacity.css.jinja").render(statuses=[t.key for t in page.tiles])
    at = report.generated_at
    return (
        environment()
        .get_template("capacity.html.jinja")
        .render(
            page=page,
            title=TITLE,
            style=Markup(style),  # noqa: S704  our own file, with no more than our own words put in
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            at=f"{day_words(at.date())} {at.year}, {at:%H:%M %Z}",
            sizes=" · ".join(sizes(report)),
            what_if=what_if_words(report),
            key=key_words(report),
            too_few=TOO_FEW,
            shown=SHOWN_AT_ONCE,
            counted=counted,
        )
    )


def _figures(totals: Totals, what_if: str) -> list[Figure]:
    more = more_words(totals.difference, before_words(totals))
    found = [
        Figure(name, hours_together(value, totals), hours_together(2 * value, totals))
        for name, value in (("held", totals.held), ("planned", totals.planned))
    ]
    policy = Figure("the policy", hours(totals.policy.hours), hours(2 * totals.policy.hours))
    if totals.if_asked is None:
        return [*found, replace(policy, more=more)]
    asked = totals.if_asked.hours
    return [*found, policy, Figure(what_if, hours(asked), hours(2 * asked), more)]
