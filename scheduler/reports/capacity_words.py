"""What a cadence costs in words: hours, shares, whether it fits and why not, the same in every format."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.capacity.results import CapacityReport, Fit, Fits, Load, Now, TeamCost, Totals
from scheduler.reports.order import names_of
from scheduler.timespans import DAY
from scheduler.words import counted, every, listed

TITLE = "What 1-2-1s cost"
TOO_FEW = "No totals: these are fewer than five people."
_FEW = 5
_MOST_LEFT = 3
_A_HUNDREDTH = 0.005
_WEEK = 7


@dataclass(frozen=True, slots=True)
class FitLook:
    """How it is shown whether everybody fits: a symbol one cell wide, a word, and what it means."""

    symbol: str
    word: str
    meaning: str


FIT_LOOKS = {
    Fits.NO: FitLook("✗", "does not fit", "for some of the reports no time is left in the week"),
    Fits.UNKNOWN: FitLook("?", "not known", "a calendar that is needed could not be read"),
    Fits.YES: FitLook("✓", "fits", "everybody finds a time, beside all that stands in the calendars"),
    Fits.NOTHING_ASKED: FitLook("‖", "no 1-2-1s", "the roster asks for none"),
}


def hours(value: float) -> str:
    """Write hours a week, to a tenth: `4.5`, `1,250.0`."""
    return f"{value:,.1f}"


def hours_now(value: float, now: Now, span: int) -> str:
    """Write hours as found in the calendars: `?` where nothing is known, `≥` where not everything is."""
    if now.unknown >= span:
        return "?"
    return f"≥{hours(value)}" if now.unknown else hours(value)


def share(load: Load) -> str:
    """Write a share of the working week: `22%`."""
    return f"{load.share:.0%}"


def fit(found: Fit) -> str:
    """Write how many of how many found a time, with the symbol of what that means: `✗ 15/17`."""
    look = FIT_LOOKS[found.fits]
    return f"{look.symbol} {found.placed}/{found.asked}" if found.asked else f"{look.symbol} —"


def fit_words(found: Fit) -> str:
    """Say it in words: `✗ 15 of 17 fit`."""
    look = FIT_LOOKS[found.fits]
    return (
        f"{look.symbol} {found.placed} of {found.asked} fit" if found.asked else f"{look.symbol} {look.word}"
    )


def counts(report: CapacityReport) -> Iterator[tuple[Fits, str]]:
    """Yield for how many managers it fits and for how many not, in words, without those that are none."""
    words = {
        Fits.NO: ("does not fit", "do not fit"),
        Fits.YES: ("fits", "fit"),
    }
    for fits, look in FIT_LOOKS.items():
        count = report.count(fits)
        one, many = words.get(fits, (look.word, look.word))
        if count:
            yield fits, f"{look.symbol} {count:,} {one if count == 1 else many}"


def sizes(report: CapacityReport) -> tuple[str, str]:
    """Say how many managers and how many reports."""
    reports = sum(team.span for team in report.teams)
    return counted(len(report.teams), "manager"), counted(reports, "report")


def what_if_words(report: CapacityReport) -> str:
    """Say what was asked: `What if: every week, 30 minutes`; nothing where nothing was."""
    return f"What if: {report.what_if}" if report.what_if is not None else ""


def key_words(report: CapacityReport) -> str:
    """Say what the columns mean, in the windows of this report."""
    back = (report.generated_at - report.window.start) / DAY
    ahead = (report.window.end - report.generated_at) / DAY
    return (
        f"Hours a week. Held: in the last {_long(back)}. Planned: in the next {_long(ahead)}. "
        "Week: share of working hours. Fits: pairs that find a time beside all that stands in the calendars."
    )


def sums(totals: Totals, report: CapacityReport) -> tuple[str, str]:
    """Say what it comes to, for managers and for everybody, and how much more or less than before that is."""
    before = before_words(totals)
    more, twice = (more_words(times * totals.difference, before) for times in (1, 2))
    return (
        f"{asked_words(report)} managers {hours(totals.load.hours)} hours a week, {more}.",
        f"As a meeting takes two, that is {hours(2 * totals.load.hours)} hours a week of everybody, {twice}.",
    )


def before_words(totals: Totals) -> str:
    """Say what the sums are compared with."""
    if totals.if_asked is not None:
        return "the policy"
    return "what is known to be planned" if totals.unknown else "what is planned"


def hours_together(value: float, totals: Totals) -> str:
    """Write the hours of all together as found in the calendars: `≥` where not everything is known."""
    return f"≥{hours(value)}" if totals.unknown else hours(value)


def asked_words(report: CapacityReport) -> str:
    """Begin a sentence on what was asked: `The policy takes`, `1-2-1s every week of 45 minutes take`."""
    if report.what_if is None:
        return "The policy takes"
    cadence, minutes = report.what_if.cadence, report.what_if.minutes
    often = f" {every(cadence)}" if cadence is not None else ""
    return f"1-2-1s{often}{f' of {minutes} minutes' if minutes is not None else ''} take"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no time, or why it is not known, for those of whom the same is to be said."""

    who: str
    why: str


def reasons(found: Fit, called: Mapping[str, str], most: int) -> tuple[tuple[Reason, ...], int]:
    """Return the first reasons, at most so many, and how many people have another one."""
    groups: dict[str, list[str]] = {}
    for left in (*found.unplaced, *found.unknown):
        groups.setdefault(f"{left.reason} {left.remedy}".strip(), []).append(called[left.report.email])
    told = tuple(Reason(_some(people), why) for why, people in list(groups.items())[:most])
    return told, sum(len(people) for people in list(groups.values())[most:])


def lines(team: TeamCost, called: Mapping[str, str]) -> tuple[str, ...]:
    """Say for whom there is no time and why, a line each; of many only the first."""
    told, more = reasons(team.load.fit, called, _MOST_LEFT)
    rest = (f"And {more} more.",) if more else ()
    return (*(f"{one.who}: {one.why}" for one in told), *rest)


def worth_saying(team: TeamCost, report: CapacityReport) -> bool:
    """Say whether a list of many managers has room for the sentence on this one's span."""
    return len(report.teams) <= _FEW or team.binds


def names(report: CapacityReport) -> Mapping[str, str]:
    """Name the managers, and the reports who are spoken of."""
    managers = (team.manager for team in report.teams)
    left = (
        one.report
        for team in report.teams
        for load in (team.policy, team.load)
        for one in (*load.fit.unplaced, *load.fit.unknown)
    )
    return names_of((*managers, *left))


def _some(people: Sequence[str]) -> str:
    """List names, the first few of many and how many more there are."""
    more = len(people) - _MOST_LEFT
    return listed([*people[:_MOST_LEFT], f"{more} more"] if more > 0 else people)


def more_words(difference: float, before: str) -> str:
    """Say how many hours more or less than before it is: `4.5 more than the policy`."""
    rounded = round(difference, 1)
    if abs(difference) < _A_HUNDREDTH or not rounded:
        return f"as much as {before}"
    return f"{hours(abs(rounded))} {'more' if rounded > 0 else 'less'} than {before}"


def _long(days: float) -> str:
    whole = round(days)
    return counted(whole // _WEEK, "week") if whole % _WEEK == 0 else counted(whole, "day")
