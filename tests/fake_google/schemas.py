"""Whether JSON has the form that a schema of a discovery document gives it: known names, right types, deeply.

A schema is turned into a function once. A check returns the first fault as a sentence, or None. null is let pass
anywhere: it stands for 'absent', and in a patch for 'take it away'.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.fake_google.calls import Json
from tests.fake_google.mask import Mask

Check = Callable[[Any], str | None]

_INTEGER = re.compile(r"-?\d+")
_FORMS = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    # The offset may be missing where a time zone stands beside the time.
    "date-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?"),
    "google-datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
    "int64": _INTEGER,
    "uint64": re.compile(r"\d+"),
}


class Schemas:
    """The schemas of one discovery document, which refer to one another by name."""

    def __init__(self, schemas: Mapping[str, Json]) -> None:
        """Take the document's part `schemas`."""
        self._schemas = schemas
        self._made: dict[str, Check] = {}

    def check(self, name: str) -> Check:
        """Return the check of a schema; made when it is first used, since many never are and some hold themselves."""

        def look(value: Any) -> str | None:  # noqa: ANN401 - JSON
            made = self._made.get(name)
            if made is None:
                made = self._made[name] = self._of(self._schemas[name])
            return made(value)

        return look

    def unselectable(self, name: str, mask: Mask) -> str | None:
        """Return the first field of a mask that the schema does not have, or None."""
        return self._unselectable({"$ref": name}, mask)

    def _unselectable(self, schema: Json, mask: Mask) -> str | None:
        while "$ref" in schema or "items" in schema:
            schema = self._schemas[schema["$ref"]] if "$ref" in schema else schema["items"]
        properties = schema.get("properties", {})
        others = schema.get("additionalProperties", {} if schema.get("type") == "any" else None)
        for name, inner in mask.items():
            part = properties.get(name, others)
            if name == "*":
                part = {"type": "any"}
            if part is None:
                return name
            if inner and (fault := self._unselectable(part, inner)):
                return f"{name}/{fault}"
        return None

    def _of(self, schema: Json) -> Check:
        if "$ref" in schema:
            return self.check(schema["$ref"])
        kind = schema.get("type", "any")
        if kind == "any":
            return lambda _: None
        if kind == "object":
            return self._object(schema)
        if kind == "array":
            return _array(self._of(schema["items"]))
        if kind == "string":
            return _string(schema)
        return _plain(*_PLAIN[kind])

    def _object(self, schema: Json) -> Check:
        known = {name: self._of(part) for name, part in schema.get("properties", {}).items()}
        others = self._of(schema["additionalProperties"]) if "additionalProperties" in schema else None
        return _object(known, others)


def _object(known: Mapping[str, Check], others: Check | None) -> Check:
    def look(value: Any) -> str | None:  # noqa: ANN401 - JSON
        if not isinstance(value, dict):
            return f" is {type(value).__name__}, not an object"
        for name, inner in value.items():
            check = known.get(name, others)
            if check is None:
                return f".{name} is not known"
            if inner is not None and (fault := check(inner)):
                return f".{name}{fault}"
        return None

    return look


def _array(check: Check) -> Check:
    def look(value: Any) -> str | None:  # noqa: ANN401 - JSON
        if not isinstance(value, list):
            return f" is {type(value).__name__}, not a list"
        for index, item in enumerate(value):
            if fault := check(item):
                return f"[{index}]{fault}"
        return None

    return look


def _string(schema: Json) -> Check:
    form = _FORMS.get(schema.get("format", ""))
    allowed = frozenset(schema.get("enum", ()))

    def look(value: Any) -> str | None:  # noqa: ANN401 - JSON
        if not isinstance(value, str):
            return f" is {type(value).__name__}, not a string"
        if form and not form.fullmatch(value):
            return f" is no {schema['format']}: {value!r}"
        if allowed and value not in allowed:
            return f" must be one of {', '.join(sorted(allowed))}, not {value!r}"
        return None

    return look


def _plain(name: str, kinds: tuple[type, ...]) -> Check:
    def look(value: Any) -> str | None:  # noqa: ANN401 - JSON
        return None if type(value) in kinds else f" is {type(value).__name__}, not {name}"

    return look


_PLAIN: dict[str, tuple[str, tuple[type, ...]]] = {
    "boolean": ("a boolean", (bool,)),
    "integer": ("an integer", (int,)),
    "number": ("a number", (int, float)),
}
