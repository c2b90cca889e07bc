"""The discovery documents that google-api-python-client brings along: which methods there are, and of what form.

They are indexed once a process, by HTTP method and number of path segments.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from tests.fake_google.calls import Json
from tests.fake_google.mask import Mask
from tests.fake_google.schemas import Check, Schemas

_DOCUMENTS = ("calendar.v3", "drive.v3", "docs.v1", "admin.directory_v1")
_VARIABLE = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True, slots=True)
class Method:
    """One method of an API: `request` and `response` check a body, and are None where there is no body.

    `unselectable` names the first field of a mask that the answer cannot have.
    """

    id: str
    http: str
    path: re.Pattern[str]
    upload: re.Pattern[str] | None
    parameters: Mapping[str, Json]
    common: frozenset[str]
    scopes: frozenset[str]
    request: Check | None
    response: Check | None
    unselectable: Callable[[Mask], str | None]
    downloads: bool


@cache
def methods() -> Mapping[str, Method]:
    """Return every method of the four APIs by its id."""
    return {method.id: method for name in _DOCUMENTS for method in _read(name)}


def find_method(http: str, path: str) -> tuple[Method, dict[str, str], bool] | None:
    """Return the method that a request is for, its path parameters, and whether it is an upload; None if there is none."""
    for pattern, upload, method in _routes().get((http, path.count("/")), ()):
        found = pattern.fullmatch(path)
        if found:
            return method, {name: unquote(text) for name, text in found.groupdict().items()}, upload
    return None


@cache
def _routes() -> dict[tuple[str, int], list[tuple[re.Pattern[str], bool, Method]]]:
    """Index the methods; among several patterns that fit a path, the one with the most literal text comes first."""
    routes: dict[tuple[str, int], list[tuple[re.Pattern[str], bool, Method]]] = {}
    for method in methods().values():
        for pattern, upload in ((method.path, False), (method.upload, True)):
            if pattern is not None:
                routes.setdefault(
                    (method.http, pattern.pattern.count("/") - pattern.pattern.count("[^/]")), []
                ).append((pattern, upload, method))
    for found in routes.values():
        found.sort(key=lambda route: -len(re.sub(r"\(\?P<\w+>", "(", route[0].pattern)))
    return routes


def _read(name: str) -> list[Method]:
    folder = files("googleapiclient") / "discovery_cache" / "documents"
    document: Json = json.loads((folder / f"{name}.json").read_bytes())
    schemas = Schemas(document["schemas"])
    return [_method(document, each, schemas) for each in _walk(document)]


def _walk(resource: Json) -> list[Json]:
    found = list(resource.get("methods", {}).values())
    for inner in resource.get("resources", {}).values():
        found += _walk(inner)
    return found


def _method(document: Json, method: Json, schemas: Schemas) -> Method:
    simple: Any = method.get("mediaUpload", {}).get("protocols", {}).get("simple")
    return Method(
        id=method["id"],
        http=method["httpMethod"],
        path=_pattern("/" + document["servicePath"] + method.get("flatPath", method["path"])),
        upload=_pattern(simple["path"]) if simple else None,
        parameters=method.get("parameters", {}),
        common=frozenset(document["parameters"]),
        scopes=frozenset(method.get("scopes", ())),
        request=schemas.check(method["request"]["$ref"]) if "request" in method else None,
        response=schemas.check(method["response"]["$ref"]) if "response" in method else None,
        unselectable=partial(schemas.unselectable, method.get("response", {}).get("$ref", "")),
        downloads=bool(method.get("supportsMediaDownload")),
    )


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(_VARIABLE.sub(r"(?P<\1>[^/]+)", re.escape(path)))
