"""Bodies of requests: JSON, and for uploads JSON and content together (multipart/related, RFC 2387)."""

import json
import re
from typing import Any

from tests.fake_google.calls import Json

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')


class WrongBody(Exception):
    """The body of a request cannot be read."""


def read_json(body: bytes) -> Json:
    """Return a body's JSON object; an empty body is an empty object; raise WrongBody."""
    if not body.strip():
        return {}
    try:
        found: Any = json.loads(body)
    except ValueError as error:
        msg = f"the body is no JSON: {error}"
        raise WrongBody(msg) from None
    if not isinstance(found, dict):
        msg = "the body is no JSON object"
        raise WrongBody(msg)
    return found


def read_upload(kind: str, body: bytes) -> tuple[Json, tuple[str, bytes]]:
    """Return the JSON and the media of an upload, whose Content-Type is `kind`; raise WrongBody."""
    boundary = _BOUNDARY.search(kind)
    if not kind.startswith("multipart/related"):
        return {}, (kind, body)
    if boundary is None:
        msg = "a multipart body without a boundary"
        raise WrongBody(msg)
    parts = body.split(b"--" + boundary.group(1).encode())[1:-1]
    if len(parts) != 2:
        msg = f"{len(parts)} parts, where metadata and media are expected"
        raise WrongBody(msg)
    (_, metadata), (media_kind, media) = (_part(part) for part in parts)
    return read_json(metadata), (media_kind, media)


def _part(part: bytes) -> tuple[str, bytes]:
    """Split a part into its Content-Type and its content; one line end before and after belongs to the boundary."""
    newline = b"\r\n" if part.startswith(b"\r\n") else b"\n"
    head, _, content = part.removeprefix(newline).partition(newline * 2)
    for line in head.decode("latin-1").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-type":
            return value.strip(), content.removesuffix(newline)
    return "application/octet-stream", content.removesuffix(newline)
