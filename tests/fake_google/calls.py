"""What the server hands to the services, and what they answer: the one contract between the two.

A handler gets a `Call` that is already authenticated and checked against Google's discovery document, and runs
under the fake's one lock. It returns the JSON of the answer, bytes for a download, or None for 204 No Content;
it raises `ApiError` for anything else. What it returns is checked against the discovery document as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `method` is the id in the discovery document, such as `calendar.events.insert`.

    `parameters` holds those of the path and of the query, typed as the discovery document says (bool, int, str;
    a list where a parameter is repeatable), without the ones that every method has (`alt`, `fields`, …); an
    absent parameter with a default has that default. `alt` is there only where the content itself is asked for
    (`media`). The body is `{}` where the method takes one and none was sent, and None where it takes none. `media`
    is the content type and the bytes of an upload.
    The names of `headers` are in lower case.
    """

    method: str
    user: str
    parameters: Mapping[str, Any]
    body: Json | None
    media: tuple[str, bytes] | None
    headers: Mapping[str, str]
    now: datetime


class ApiError(Exception):
    """A refusal, in Google's words: an HTTP status, a reason, a sentence.

    Calendar, Drive and the directory answer `{"error": {"errors": [{domain, reason, message}], code, message}}`;
    Docs answers `{"error": {code, message, status}}`, for which `reason` is the status, such as `INVALID_ARGUMENT`.
    """

    def __init__(self, status: int, reason: str, message: str = "", domain: str = "global") -> None:
        """Keep what is to be answered."""
        self.status = status
        self.reason = reason
        self.message = message or reason
        self.domain = domain
        super().__init__(f"{status} {reason}: {self.message}")


Handler = Callable[[Call], Json | bytes | None]


class Service(Protocol):
    """An API's part of the fake: what it does, by method id.

    A service may also have a method `state() -> dict[str, Any]`, a comparable deep snapshot of what it holds, which
    `FakeGoogle.state()` gathers; and a mapping `default_fields`, the mask of a method's answer where the request
    names none, by method id.
    """

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Return what this service does, by the method's id in the discovery document."""
        ...
