"""As whom a person's calendar is reached, and under which name."""

from dataclasses import dataclass

from scheduler.google.client import Google
from scheduler.people import Person

PRIMARY = "primary"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose calendar it is, by main address, the user as whom it is asked, and its id for that user."""

    owner: str
    user: str
    calendar: str


def reading_reach(google: Google, person: Person) -> Reach:
    """Return how the person's calendar is read: as that person, or by the one who is signed in, if it is shared.

    Raises SignInFailed where nobody is signed in.
    """
    if google.account is None or google.account in person.addresses:
        return writing_reach(google, person)
    return Reach(person.email, google.account, person.email)


def writing_reach(google: Google, person: Person) -> Reach:
    """Return how the person's calendar is written: as its owner and nobody else. Raises SignInFailed as above."""
    account = google.account
    user = account if account is not None and account in person.addresses else person.email
    return Reach(person.email, user, PRIMARY)
