"""Answers on the wire: what a request is replied with, and the two forms in which Google words a refusal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fake_google.calls import ApiError, Json

_JSON = "application/json; charset=UTF-8"
_STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a body, its type, further headers."""

    status: int
    body: bytes = b""
    kind: str = _JSON
    headers: Mapping[str, str] = field(default_factory=dict)


def json_answer(status: int, value: Any, headers: Mapping[str, str] | None = None) -> Answer:  # noqa: ANN401 - JSON
    """Return an answer that carries JSON."""
    return Answer(status, json.dumps(value, separators=(",", ":")).encode(), headers=headers or {})


def refusal(method: str, error: ApiError, retry_after: int | None = None) -> Answer:
    """Word a refusal as the API that the method belongs to does: Docs in the newer form, the others in the older."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    found: Json = {"code": error.status, "message": error.message}
    if method.startswith("docs."):
        known = error.reason.isupper()
        found["status"] = error.reason if known else _STATUSES.get(error.status, "INTERNAL")
    else:
        found["errors"] = [{"domain": error.domain, "reason": error.reason, "message": error.message}]
    if error.reason == "insufficientPermissions":
        found |= {"status": "PERMISSION_DENIED", "details": [_SCOPE]}
    return json_answer(error.status, {"error": found}, headers)


_SCOPE = {
    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
    "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    "domain": "googleapis.com",
}
