"""From gaps to a plan: what is to be changed, and why; pure.

The order is stable: series to create (what a killed run began first, then the missing by urgency, then those
that take the place of outdated ones), series to end,
agendas to attach, agendas to write, each of these by pair.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from scheduler.cadence.results import GapReport
from scheduler.planning.agendas import agendas_due, attachments
from scheduler.planning.changes import Change, Plan
from scheduler.planning.creating import creations
from scheduler.planning.ending import endings, out_of_it, replaced
from scheduler.planning.noticing import noticed
from scheduler.planning.placing import TimesWanted
from scheduler.planning.situation import Situation


def make_plan(report: GapReport, known: Situation) -> Plan:
    """Return what is to be done about the gaps, with a reason for each change and for each gap left.

    What was noticed but not stored yet counts, so that the same calendars give the same plan before and
    after it is. Made again on the same day from the same calendars, the plan has the same digest. Where it is not
    known when somebody is taken who is to get a series, the plan is empty but for their names (`untimed`).
    """
    known = known.with_memory(noticed(known).added_to(known.memory))
    ends, unended = endings(report.pairs, known)
    try:
        made = creations(report.pairs, known, _moments(ends))
    except TimesWanted as wanted:
        return Plan(generated_at=known.now, untimed=wanted.people)
    also = replaced(made.changes, known, made.replaced)
    every_end = {change.id: change for change in (*ends, *also)}.values()
    ending = _moments(every_end)
    agendas, unwritten = agendas_due(report.pairs, made.changes, known, ending)
    changes = (
        *made.changes,
        *_told_once(every_end, made.changes, known),
        *attachments(report.pairs, known, ending),
        *agendas,
    )
    skipped = sorted({*made.skipped, *unended, *unwritten}, key=lambda s: (s.manager, s.report, s.reason))
    return Plan(generated_at=known.now, changes=changes, skipped=tuple(skipped))


def _moments(ends: Iterable[Change]) -> Mapping[str, datetime]:
    """Return from when on nothing of a series takes place, by UID."""
    return {change.uid: change.start for change in ends if change.uid is not None}


def _told_once(ends: Iterable[Change], others: Iterable[Change], known: Situation) -> Iterator[Change]:
    """Yield the endings, each telling its report by mail.

    Not where that would be a mail too many for this run, or where the report has no part in it any more.
    """
    most = known.settings.limits.mails_per_person
    mails = Counter(address for change in others for address in change.notifies)
    for change in ends:
        if mails[change.report] < most and not out_of_it(change, known):
            mails[change.report] += 1
            yield replace(change, notifies=(change.report,))
        else:
            yield change
