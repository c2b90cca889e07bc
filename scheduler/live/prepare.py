"""On whose account a live check is done, and what of it this config makes possible; nothing is asked of Google yet."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.config import Config
from scheduler.errors import Problem, WrongUsage
from scheduler.google.checkup import first_manager
from scheduler.google.client import Google
from scheduler.google.opening import open_google
from scheduler.google.scopes import scopes_needed
from scheduler.live.ground import Circumstances
from scheduler.live.parts import Parts
from scheduler.live.scratch import EVENT_PREFIX, far_away
from scheduler.people import CalendarSource, Person
from scheduler.settings import GoogleSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line says: on whose account (`as_whom`), who is invited, how to ask, how to wait some seconds."""

    as_whom: str | None = None
    guest: str | None = None
    ask: Callable[[Iterable[str]], bool]
    pause: Callable[[float], None]


def prepared(config: Config, parts: Parts, now: datetime, wishes: Wishes) -> tuple[Google, Circumstances]:
    """Return the way to Google and the circumstances; whoever gets the way closes it.

    Raises BadConfig where the credentials are no good, WrongUsage for addresses that can't be, SignInFailed where
    nobody is signed in.
    """
    settings = config.settings
    google = open_google(replace(settings, google=settings.google or GoogleSettings()))
    assert google is not None  # noqa: S101 - there is none without [google] alone
    person = _person(google, config, now, wishes.as_whom)
    return google, Circumstances(
        person=person,
        guest=_guest(wishes.guest, person, parts),
        start=far_away(now, person),
        event_id=EVENT_PREFIX + secrets.token_hex(16),
        calendars=parts.calendars,
        documents=parts.documents,
        meet=settings.google is not None and settings.google.meet,
        scopes=scopes_needed(settings, delegated=google.account is None),
        ask=wishes.ask,
        pause=wishes.pause,
        report=_report(config, now, person),
    )


def _person(google: Google, config: Config, now: datetime, wished: str | None) -> Person:
    """Return on whose account it is done, under the address as which Google is asked."""
    account = google.account
    if account is None:
        address = wished or first_manager(config.roster, now.date())
        if address is None:
            what = "there is no manager on the roster on whose account it could be done"
            raise WrongUsage(Problem("doctor --live", what, "name somebody: --as EMAIL"))
        return _known(config, address)
    found = _known(config, account)
    if wished is not None and wished.strip().lower() not in {*found.addresses, account.lower()}:
        what = f"signed in is {account}, whose sign-in reaches nobody else's calendar or documents"
        raise WrongUsage(Problem(f"--as {wished}", what, "leave --as out, or use a service account"))
    return replace(found, email=account, aliases=found.addresses - {account})


def _report(config: Config, now: datetime, person: Person) -> Person | None:
    """Return the first report of the person whose calendar is Google's: nobody else is spoken for."""
    pairs = config.roster.pairs(now.date())
    own = (pair.report for pair in pairs if not pair.manager.addresses.isdisjoint(person.addresses))
    return next((report for report in own if report.calendar.provider == "google"), None)


def _known(config: Config, address: str) -> Person:
    """Return who it is on the roster; somebody who is not on it has the roster's zone and hours."""
    found = config.roster.find(address)
    if found is not None:
        return found
    roster = config.settings.roster
    email = _address("--as", address)
    zone = roster.timezone or ZoneInfo("UTC")
    return Person(email=email, name=email, tz=zone, hours=roster.hours, calendar=CalendarSource("google"))


def _guest(wished: str | None, person: Person, parts: Parts) -> str | None:
    if wished is None:
        return None
    guest = _address("--with", wished)
    if guest in person.addresses:
        what = f"it is done on the account of {person.email}, who can't be the second person, too"
        raise WrongUsage(Problem(f"--with {wished}", what, "name somebody else"))
    if not parts.calendars:
        what = "nobody can be invited: no calendar of this config is Google's"
        raise WrongUsage(Problem(f"--with {wished}", what, "leave --with out"))
    return guest


def _address(option: str, text: str) -> str:
    """Return an address in lower case; raise WrongUsage for what is none."""
    address = text.strip().lower()
    name, at, domain = address.partition("@")
    if not (name and at and domain) or any(letter.isspace() for letter in address):
        raise WrongUsage(Problem(f"{option} {text}", "this is no address", "write it like ann@example.com"))
    return address
