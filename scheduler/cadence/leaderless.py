"""People who are in no pair because their manager has left: nobody is to be dropped in silence."""

from datetime import date

from scheduler.errors import Problem
from scheduler.people import Person, Roster
from scheduler.settings import Settings
from scheduler.words import on_date

_ROSTER_FILE = "people.csv"
_MOST_NAMED = 5


def leaderless(roster: Roster, settings: Settings, today: date) -> tuple[Problem, ...]:
    """Return a problem for each manager who has left while people who are still here name them, by address."""
    found: list[Problem] = []
    for manager in sorted(roster.people.values(), key=lambda person: person.email):
        last = manager.end_date
        if last is None or last >= today:
            continue
        here = [person for person in roster.reports_of(manager) if not _gone(person, today)]
        if here:
            what = (
                f"{manager.name} left on {on_date(last, today)} and is still the manager of {_listed(here)}: "
                "nobody has a 1-2-1 with them"
            )
            found.append(
                Problem(
                    str(settings.directory / _ROSTER_FILE),
                    what,
                    "name their new manager in the column 'manager'",
                )
            )
    return tuple(found)


def _gone(person: Person, today: date) -> bool:
    return person.end_date is not None and person.end_date < today


def _listed(people: list[Person]) -> str:
    named = [person.name for person in people[:_MOST_NAMED]]
    if len(people) > _MOST_NAMED:
        return f"{', '.join(named)} and {len(people) - _MOST_NAMED} more"
    return " and ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)
