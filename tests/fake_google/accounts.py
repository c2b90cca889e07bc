"""Who has an account in the fake's domain, and what the directory knows about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.fake_google.calendars.model import Calendar


@dataclass(slots=True)
class Account:
    """A person, in the directory's words, and their primary calendar.

    `calendar_off` is the status and reason with which requests of their calendar are refused.
    """

    email: str
    name: str
    calendar: Calendar
    manager: str | None = None
    aliases: tuple[str, ...] = ()
    suspended: bool = False
    archived: bool = False
    org_unit: str = "/"
    calendar_off: tuple[int, str] | None = None


@dataclass(slots=True)
class Accounts:
    """All accounts; an alias is as good as an address, and upper case makes no difference."""

    _by_address: dict[str, Account] = field(default_factory=dict)

    def add(self, account: Account) -> None:
        """Add an account under its address and its aliases."""
        for address in (account.email, *account.aliases):
            self._by_address[address.lower()] = account

    def get(self, address: str) -> Account | None:
        """Return whose address this is; None if nobody's here."""
        return self._by_address.get(address.lower())

    def may_sign_in(self, address: str) -> bool:
        """Say whether there is such an account, and it is not suspended."""
        account = self.get(address)
        return account is not None and not account.suspended

    def same(self, one: str, other: str) -> bool:
        """Say whether two addresses reach the same mailbox."""
        account = self.get(one)
        return one.lower() == other.lower() or (account is not None and account is self.get(other))

    def __iter__(self) -> Iterator[Account]:
        """Go through the accounts in order of address, each once."""
        return iter(
            account
            for address, account in sorted(self._by_address.items())
            if address == account.email.lower()
        )
