"""The parameters of a request: known to the method, of the right type, within their limits, all that are required."""

import re
from collections.abc import Mapping
from typing import Any

from tests.fake_google.calls import Json
from tests.fake_google.discovery import Method

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_BOOLEANS = {"true": True, "false": False}


class WrongParameter(Exception):
    """A parameter is not as the discovery document has it."""


def typed(method: Method, path: Mapping[str, str], query: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return all parameters with the types that the discovery document gives them; raise WrongParameter."""
    given: dict[str, list[str]] = {**query, **{name: [text] for name, text in path.items()}}
    found: dict[str, Any] = {}
    for name, texts in given.items():
        if name in method.parameters:
            found[name] = _value(name, method.parameters[name], texts)
        elif name not in method.common:
            msg = f"{method.id} has no parameter {name}"
            raise WrongParameter(msg)
    for name, wanted in method.parameters.items():
        if name in found:
            continue
        if wanted.get("required"):
            msg = f"{method.id} needs the parameter {name}"
            raise WrongParameter(msg)
        if "default" in wanted:
            found[name] = _value(name, wanted, [wanted["default"]])
    if query.get("alt") == ["media"] and method.downloads:
        found["alt"] = "media"
    return found


def _value(name: str, wanted: Json, texts: list[str]) -> Any:  # noqa: ANN401 - as the document says
    if wanted.get("repeated"):
        return [_one(name, wanted, text) for text in texts]
    if len(texts) > 1:
        msg = f"{name} is given {len(texts)} times"
        raise WrongParameter(msg)
    return _one(name, wanted, texts[0])


def _one(name: str, wanted: Json, text: str) -> Any:  # noqa: ANN401 - as the document says
    fault = _fault(wanted, text)
    if fault:
        msg = f"{name} {fault}: {text!r}"
        raise WrongParameter(msg)
    if wanted["type"] == "boolean":
        return _BOOLEANS[text]
    return int(text) if wanted["type"] == "integer" else text


def _fault(wanted: Json, text: str) -> str | None:
    if wanted["type"] == "boolean" and text not in _BOOLEANS:
        return "is neither true nor false"
    if wanted["type"] == "integer":
        return _no_integer(wanted, text)
    if "enum" in wanted and text not in wanted["enum"]:
        return "is not among " + ", ".join(wanted["enum"])
    if "pattern" in wanted and not re.search(wanted["pattern"], text):
        return f"does not match {wanted['pattern']}"
    if wanted.get("format") == "date-time" and not _MOMENT.fullmatch(text):
        return "is no RFC 3339 time with an offset"
    return None


def _no_integer(wanted: Json, text: str) -> str | None:
    if not re.fullmatch(r"-?\d+", text):
        return "is no integer"
    in_range = int(wanted.get("minimum", text)) <= int(text) <= int(wanted.get("maximum", text))
    return None if in_range else "is out of range"
