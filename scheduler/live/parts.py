"""Which parts of Google a config uses; Google's libraries are not needed to know that."""

from dataclasses import dataclass

from scheduler.config import Config
from scheduler.errors import BadConfig, Problem

_GOOGLE = "google"


@dataclass(frozen=True, slots=True)
class Parts:
    """Whether calendars are Google's, by default or on a row of the roster, and whether documents are."""

    calendars: bool
    documents: bool


def parts_of(config: Config) -> Parts:
    """Return what of Google a config uses; raise BadConfig where that is nothing that could be proved live."""
    settings = config.settings
    people = config.roster.people.values()
    providers = {settings.calendars.provider, *(person.calendar.provider for person in people)}
    parts = Parts(_GOOGLE in providers, settings.documents_provider == _GOOGLE)
    if not (parts.calendars or parts.documents):
        what = "neither calendars nor documents are Google's here, so there is nothing to prove live"
        where = str(settings.directory / "onetoone.toml")
        raise BadConfig(Problem(where, what, "docs/google.md says how to set Google up"))
    return parts
