"""What is wrong between [google] and the tables that need it, and with the credentials that it names."""

from collections.abc import Iterator
from typing import Any

from scheduler.config.sections import Sections
from scheduler.errors import BadConfig, Problem
from scheduler.google.credentials import ServiceAccountKey, read_credentials
from scheduler.google.opening import ADD_CREDENTIALS, NO_CREDENTIALS, NO_SUBJECT

_GOOGLE = "google"
_WANTED_BY = (("calendars", "provider"), ("documents", "provider"), ("roster", "source"))


def google_problems(sections: Sections) -> Iterator[Problem]:
    """Yield what keeps Google from being reached where a table asks for it; the files are looked at, nothing is sent."""
    wanted = [path for path in _WANTED_BY if _given(sections, path[0]).get(path[1]) == _GOOGLE]
    if not wanted or _GOOGLE not in sections.found:
        return  # where [google] itself has a fault, that is told already
    google = _given(sections, _GOOGLE)
    if "credentials" not in google:
        table, key = wanted[0]
        what = f"'{key}' of [{table}] is 'google', but {NO_CREDENTIALS}"
        yield Problem(sections.at(table, key), what, ADD_CREDENTIALS)
        return
    try:
        found = read_credentials(google["credentials"])
    except BadConfig as error:
        yield from (
            Problem(
                sections.at(_GOOGLE, "credentials"),
                f"'credentials' of [google], {problem.where}: {problem.what}",
                problem.remedy,
            )
            for problem in error.problems
        )
        return
    of_roster = ("roster", "source") in wanted
    if of_roster and isinstance(found, ServiceAccountKey) and "subject" not in google:
        yield Problem(sections.at(_GOOGLE), *NO_SUBJECT)


def _given(sections: Sections, name: str) -> dict[str, Any]:
    section = sections.found.get(name)
    return section.given if section else {}
