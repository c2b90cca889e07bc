"""The directory of the domain: who works here, and who reports to whom.

https://developers.google.com/workspace/admin/directory/reference/rest/v1/users
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from tests.fake_google.accounts import Account, Accounts
from tests.fake_google.calls import ApiError, Call, Handler, Json

_TERM = re.compile(r"(\w+)[=:]'?([^'\s]+)'?")


@dataclass
class DirectoryService:
    """The users of the domain, as administrators see them; `admins` may ask, everybody where it is None."""

    accounts: Accounts
    domain: str
    admins: frozenset[str] | None = None

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Return what this service does, by method id."""
        return {"directory.users.list": self._list, "directory.users.get": self._get}

    def _list(self, call: Call) -> Json:
        """List users in order of address; a page token is the last address of the page before."""
        self._check(call)
        asked = call.parameters
        if asked.get("customer") != "my_customer" and asked.get("domain") != self.domain:
            raise ApiError(400, "badRequest", "Bad Request")
        terms = _TERM.findall(asked.get("query", ""))
        found = [a for a in self.accounts if all(self._meets(a, *term) for term in terms)]
        rest = [account for account in found if account.email.lower() > asked.get("pageToken", "")]
        page = rest[: asked["maxResults"]]
        answer: Json = {"kind": "admin#directory#users", "etag": '"fake"'}
        if page:
            answer["users"] = [_user(account) for account in page]
        if len(rest) > len(page):
            answer["nextPageToken"] = page[-1].email.lower()
        return answer

    def _get(self, call: Call) -> Json:
        self._check(call)
        account = self.accounts.get(call.parameters["userKey"])
        if account is None:
            raise ApiError(404, "notFound", "Resource Not Found: userKey")
        return _user(account)

    def _meets(self, account: Account, name: str, value: str) -> bool:
        """Say whether a user meets one term of a query, such as `isSuspended=false`."""
        if name == "isSuspended":
            return account.suspended == (value == "true")
        if name == "orgUnitPath":
            return account.org_unit == value
        if name in {"directManager", "manager"}:
            above = self._managers_of(account)
            return value.lower() in (above if name == "manager" else above[:1])
        raise ApiError(400, "invalid", "Invalid Input: query")

    def _managers_of(self, account: Account) -> list[str]:
        """Return the managers up the chain, the direct one first."""
        above: list[str] = []
        found: Account | None = account
        while found and found.manager and found.manager.lower() not in above:
            above.append(found.manager.lower())
            found = self.accounts.get(found.manager)
        return above

    def _check(self, call: Call) -> None:
        if self.admins is not None and call.user.lower() not in self.admins:
            raise ApiError(403, "forbidden", "Not Authorized to access this resource/api")


def _user(account: Account) -> Json:
    given, _, family = account.name.partition(" ")
    user: Json = {
        "kind": "admin#directory#user",
        "id": str(int(sha256(account.email.encode()).hexdigest()[:16], 16)),
        "etag": '"fake"',
        "primaryEmail": account.email,
        "name": {"givenName": given, "familyName": family, "fullName": account.name},
        "suspended": account.suspended,
        "archived": account.archived,
        "orgUnitPath": account.org_unit,
        "isMailboxSetup": True,
        "customerId": "C00fake00",
        "emails": [{"address": account.email, "primary": True}],
    }
    if account.aliases:
        user["aliases"] = list(account.aliases)
    if account.manager:
        user["relations"] = [{"type": "manager", "value": account.manager}]
    return user
