"""From gaps to a plan: what is to be changed, and why; pure.

The order is stable: series to create (what a killed run began first, then by urgency), series to end,
agendas to attach, agendas to write, each of these by pair.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.cadence.results import GapReport
from scheduler.planning.agendas import agendas_due, attachments
from scheduler.planning.changes import Change, Plan
from scheduler.planning.creating import creations
from scheduler.planning.ending import endings, replaced
from scheduler.planning.noticing import noticed
from scheduler.planning.situation import Situation


def make_plan(report: GapReport, known: Situation) -> Plan:
    """Return what is to be done about the gaps, with a reason for each change and for each gap left.

    What was noticed but not stored yet counts, so that the same calendars give the same plan before and
    after it is. Made again on the same day from the same calendars, the plan has the same digest.
    """
    known = known.with_memory(noticed(known).added_to(known.memory))
    ends, unended = endings(report.pairs, known)
    ending = frozenset(change.uid for change in ends if change.uid is not None)
    made = creations(report.pairs, known, ending)
    also = replaced(made.changes, known)
    every_end = {change.id: change for change in (*ends, *also)}.values()
    agendas, unwritten = agendas_due(report.pairs, made.changes, known, ending)
    changes = (
        *made.changes,
        *_told_once(every_end, made.changes, known.settings.limits.mails_per_person),
        *attachments(report.pairs, known, ending),
        *agendas,
    )
    skipped = sorted({*made.skipped, *unended, *unwritten}, key=lambda s: (s.manager, s.report, s.reason))
    return Plan(generated_at=known.now, changes=changes, skipped=tuple(skipped))


def _told_once(ends: Iterable[Change], others: Iterable[Change], most: int) -> Iterator[Change]:
    """Yield the endings, each telling its report by mail unless that would be a mail too many for this run."""
    mails = Counter(address for change in others for address in change.notifies)
    for change in ends:
        if mails[change.report] < most:
            mails[change.report] += 1
            yield replace(change, notifies=(change.report,))
        else:
            yield change
