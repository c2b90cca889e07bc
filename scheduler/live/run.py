"""The live check from its first request to its last: leftovers away, one fact after another, scratch things away."""

from collections.abc import Callable, Iterable

from scheduler.errors import OnetooneError, Problem
from scheduler.google.trouble import GoogleError
from scheduler.live import busy, documents, ending, exporting, guests, series, syncing
from scheduler.live.finding import Finding, Untried, Verdict, failed, holds, untried
from scheduler.live.ground import Ground
from scheduler.live.interface import Check
from scheduler.live.journal import Begun, Journal
from scheduler.live.removal import Place
from scheduler.live.scratch import TITLE

Tell = Callable[[Finding], None]
CHECKS: tuple[Check, ...] = (
    *series.CHECKS,
    *syncing.CHECKS,
    *documents.CHECKS,
    *exporting.CHECKS,
    *guests.CHECKS,
    *ending.CHECKS,
    *busy.CHECKS,
    *ending.LAST,
    *documents.LAST,
    *exporting.LAST,
)
_SCOPES = "the scopes that were asked for are enough"
_REMOVED = "what was created is removed again"
_NOT_REACHED = "Google could not be reached any more"


def live_check(ground: Ground, journal: Journal, tell: Tell) -> bool:
    """Prove what can be proved and tell each finding; return whether nothing failed.

    Raises GoogleError where Google can't be asked in the first place, and WriteFailed where it can't be written down what is begun:
    nothing was created then. However it ends, what was created is removed, or it is told where it stands.
    """
    told: list[Finding] = []

    def say(finding: Finding) -> None:
        told.append(finding)
        tell(finding)

    for finding in _leftovers(ground, journal):
        say(finding)
    begun = Begun(ground.user, ground.here.event_id)
    journal.begin(begun)
    try:
        _prove(ground, say)
    finally:
        try:
            for finding in _removal(ground, journal, begun):
                say(finding)
        except KeyboardInterrupt:
            say(failed(_REMOVED, _stopped(ground)))
            raise
    return all(finding.verdict is not Verdict.FAILED for finding in told)


def _leftovers(ground: Ground, journal: Journal) -> Iterable[Finding]:
    """Remove what live checks left that were killed: here by its mark, and wherever the journal says."""
    here = ground.here
    old = journal.read()
    own = [one.event for one in old if one.user == ground.user]
    count, left = Place(ground.google, ground.user, here.calendars, here.documents).cleared(*own)
    if count:
        yield holds("what an earlier live check had left is removed")
    if left:
        yield from _left(left)
    else:
        for one in old:
            if one.user == ground.user:
                journal.done(one)
    for one in old:
        if one.user != ground.user:
            yield from _elsewhere(ground, journal, one)


def _elsewhere(ground: Ground, journal: Journal, begun: Begun) -> Iterable[Finding]:
    """Remove what was left with somebody else; where that can't be done it is told, and stays in the journal."""
    here = ground.here
    try:
        left = Place(ground.google, begun.user, here.calendars, here.documents).cleared(begun.event)[1]
    except GoogleError as error:
        remedy = f"onetoone doctor --live --as {begun.user} removes it"
        left = (Problem(f"the calendar and the Drive of {begun.user}", error.problem("").what, remedy),)
    if left:
        yield from _left(left)
    else:
        journal.done(begun)
        yield holds(f"what an earlier live check had left with {begun.user} is removed")


def _prove(ground: Ground, say: Tell) -> None:
    lacking: list[str] = []
    refused = False
    reached = True
    for check in CHECKS:
        if not reached:
            say(untried(check.what, _NOT_REACHED))
            continue
        findings, error = _tried(check, ground)
        for finding in findings:
            say(finding)
        reached = error is None or not error.passing
        refused = refused or error is not None
        if error is not None and error.lacks_scope:
            lacking.append(check.what)
    say(_of_scopes(ground, lacking, all_asked=not refused))


def _tried(check: Check, ground: Ground) -> tuple[tuple[Finding, ...], GoogleError | None]:
    """Return what a check finds, and the refusal that kept it from it."""
    try:
        return tuple(check.prove(ground)), None
    except Untried as why:
        return (untried(check.what, str(why)),), None
    except GoogleError as error:
        return (_of_problem(check, error.problem("")),), error
    except OnetooneError as error:
        cause = error.__cause__ if isinstance(error.__cause__, GoogleError) else None
        return (_of_problem(check, error.problems[0]),), cause
    except (LookupError, TypeError, ValueError) as error:
        then = f"Google's answer is not as its documents say ({type(error).__name__}); please report it"
        return (failed(check.what, then),), None


def _of_problem(check: Check, problem: Problem) -> Finding:
    return failed(check.what, f"{problem.what}; {problem.remedy}")


def _of_scopes(ground: Ground, lacking: list[str], *, all_asked: bool) -> Finding:
    """Say whether a scope is missing; that none is can be said only where nothing else came in between."""
    if lacking:
        return failed(
            _SCOPES, f"Google misses one for: {'; '.join(lacking)}. docs/google.md says which are needed"
        )
    if not all_asked:
        return untried(_SCOPES, "what failed above came to no answer that would show it")
    return holds(f"{_SCOPES}: {', '.join(scope.short for scope in ground.here.scopes)}")


def _removal(ground: Ground, journal: Journal, begun: Begun) -> tuple[Finding, ...]:
    """Remove what was made, whatever happened before; what can't be removed stays in the journal."""
    here = ground.here
    left = Place(ground.google, ground.user, here.calendars, here.documents).tidied(begun.event, ground.made)
    if left:
        return _left(left)
    try:
        journal.done(begun)
    except OnetooneError as error:
        return (failed("what is removed is taken out of the journal", str(error.problems[0])),)
    return (holds(_REMOVED),)


def _stopped(ground: Ground) -> str:
    """Say what may stand where the removal itself was stopped, and what removes it."""
    where = [f"the series '{TITLE}' in the calendar of {ground.user}"] if ground.here.calendars else []
    where += [f"https://docs.google.com/document/d/{file}" for file in sorted(ground.made)]
    then = f"the next onetoone doctor --live as {ground.user} removes it"
    return f"it was stopped, so this may be left: {', '.join(where)}; {then}"


def _left(problems: Iterable[Problem]) -> tuple[Finding, ...]:
    return tuple(failed(_REMOVED, str(problem)) for problem in problems)
