"""From a request on the wire to a `Call`: which method it is for, who asks, and whether it has the right form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from tests.fake_google.calls import ApiError, Call, Json
from tests.fake_google.discovery import Method, find_method
from tests.fake_google.mask import Mask, WrongMask, parse_mask
from tests.fake_google.parameters import WrongParameter, typed
from tests.fake_google.tokens import Grant, Tokens
from tests.fake_google.uploads import WrongBody, read_json, read_upload
from tests.fake_google.web import Request

_OWNED = "https://www.googleapis.com/auth/calendar.events.owned"


class Violation(Exception):
    """A request, or an answer of the fake, that the discovery document does not allow."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a method, its parameters still text."""

    method: Method
    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    upload: bool
    request: Request


def asked(request: Request) -> Asked:
    """Find the method that a request is for; raise Violation.

    A long GET comes as a POST whose body is the query (x-http-method-override).
    """
    http = request.headers.get("x-http-method-override", request.http)
    text = request.query
    if http == "GET" and request.http == "POST":
        text = request.body.decode()
    found = find_method(http, request.path)
    if found is None:
        msg = f"there is no method {http} {request.path}"
        raise Violation(msg)
    method, path, upload = found
    return Asked(method, path, parse_qs(text, keep_blank_values=True), upload, request)


def granted(tokens: Tokens, wanted: Asked) -> Grant:
    """Return what the request's token allows; raise ApiError where there is no good one."""
    scheme, _, token = wanted.request.headers.get("authorization", "").partition(" ")
    grant = tokens.grant_of(token) if scheme == "Bearer" else None
    if grant is None:
        raise ApiError(401, "authError", "Invalid Credentials")
    return grant


def check_scopes(grant: Grant, method: Method) -> None:
    """Raise ApiError where none of the token's scopes is one of the method's."""
    if not grant.scopes & method.scopes:
        raise ApiError(403, "insufficientPermissions", "Request had insufficient authentication scopes.")


def check_owned(grant: Grant, method: Method, call: Call) -> None:
    """Raise ApiError where the token is good for the user's own calendars alone, and this is somebody else's."""
    useful = {scope.removesuffix(".readonly") for scope in grant.scopes & method.scopes}
    calendar = str(call.parameters.get("calendarId", "primary")).lower()
    if useful == {_OWNED} and calendar not in {"primary", call.user.lower()}:
        raise ApiError(403, "insufficientPermissions", "Request had insufficient authentication scopes.")


def call_of(wanted: Asked, user: str, now: datetime) -> tuple[Call, Mask]:
    """Return a request as handlers get it, and its mask; raise Violation where it has not the method's form."""
    try:
        parameters = typed(wanted.method, wanted.path, wanted.query)
        mask = parse_mask(wanted.query["fields"][0]) if "fields" in wanted.query else {}
        body, media = _bodies(wanted)
    except (WrongParameter, WrongMask, WrongBody) as error:
        raise Violation(str(error)) from None
    if mask and (fault := wanted.method.unselectable(mask)):
        msg = f"{wanted.method.id} answers no field {fault}"
        raise Violation(msg)
    headers = wanted.request.headers
    return Call(wanted.method.id, user, parameters, body, media, headers, now), mask


def _bodies(wanted: Asked) -> tuple[Json | None, tuple[str, bytes] | None]:
    method, request = wanted.method, wanted.request
    media = None
    if wanted.upload:
        body, media = read_upload(request.headers.get("content-type", ""), request.body)
    elif method.http == "GET":
        return None, None
    else:
        body = read_json(request.body)
    if method.request is None:
        if body:
            msg = f"{method.id} takes no body"
            raise WrongBody(msg)
        return None, media
    if fault := method.request(body):
        msg = f"the body of {method.id}: {re.sub(r'^[.]', '', fault)}"
        raise WrongBody(msg)
    return body, media


def check_answer(method: Method, answer: Any) -> None:  # noqa: ANN401 - what a handler returned
    """Raise Violation where an answer of the fake's own has not the form that the method promises."""
    if isinstance(answer, dict):
        if method.response is None:
            fault: str | None = " carries JSON where there is none"
        else:
            fault = method.response(answer)
    elif isinstance(answer, bytes):
        fault = None if method.downloads else " carries bytes where there are none"
    else:
        fault = " is empty" if method.response else None
    if fault:
        msg = f"the fake's own answer to {method.id}{fault}"
        raise Violation(msg)
