"""What a cadence costs in words: hours, shares, whether it fits and why not, the same in every format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.capacity.results import CapacityReport, Fit, Fits, Left, Load, Now, TeamCost, Totals
from scheduler.reports.order import names_of
from scheduler.timespans import DAY
from scheduler.words import counted

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
        f"Hours a week. Held: in the last {_long(back)}. Ahead: planned in the next {_long(ahead)}. "
        "Week: share of working hours. Fits: pairs that find a time beside all that stands in the calendars."
    )


def sums(totals: Totals, report: CapacityReport) -> tuple[str, str]:
    """Say what it comes to, for managers and for everybody, and how much more or less than before that is."""
    name = "the policy" if totals.if_asked is None else str(report.what_if)
    before = "what is planned" if totals.if_asked is None else "the policy"
    return (
        f"Managers: {hours(totals.load.hours)} hours a week for {name}, {_more(totals.difference)} {before}.",
        f"Everybody: {hours(2 * totals.load.hours)} hours a week, as a meeting takes two, {_more(2 * totals.difference)} {before}.",
    )


def lines(team: TeamCost, names: Mapping[str, str]) -> tuple[str, ...]:
    """Say for whom there is no time and why, each in a sentence or two; of many only the first."""
    found = team.load.fit
    left = (*found.unplaced, *found.unknown)
    told = tuple(f"{names[one.report.email]}: {left_words(one)}" for one in left[:_MOST_LEFT])
    more = len(left) - _MOST_LEFT
    return (*told, f"And {more} more.") if more > 0 else told


def left_words(left: Left) -> str:
    """Say why no time was found, and what would help."""
    return f"{left.reason} {left.remedy}".strip()


def worth_saying(team: TeamCost, report: CapacityReport) -> bool:
    """Say whether a list of many managers has room for the sentence on this one's span."""
    return len(report.teams) <= _FEW or team.load.fit.fits is Fits.NO


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


def _more(difference: float) -> str:
    rounded = round(difference, 1)
    if abs(difference) < _A_HUNDREDTH or not rounded:
        return "as much as"
    return f"{hours(abs(rounded))} {'more' if rounded > 0 else 'less'} than"


def _long(days: float) -> str:
    whole = round(days)
    return counted(whole // _WEEK, "week") if whole % _WEEK == 0 else counted(whole, "day")
