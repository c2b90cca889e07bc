"""Partial responses: the `fields` parameter, whose grammar is `a,b(c,d/e),f/*`.

https://developers.google.com/workspace/calendar/api/guides/performance#partial-response
"""

import re
from functools import lru_cache
from typing import Any

Mask = dict[str, "Mask"]  # an empty one lets everything below pass

_TOKEN = re.compile(r"[^,()/\s]+|[,()/]")


class WrongMask(Exception):
    """The text of a mask cannot be read."""


@lru_cache(maxsize=256)
def parse_mask(text: str) -> Mask:
    """Read a mask; raise WrongMask."""
    tokens = _TOKEN.findall(text)
    mask = _selectors(tokens)
    if tokens:
        msg = f"unexpected {tokens[0]!r} in {text!r}"
        raise WrongMask(msg)
    return mask


def masked(value: Any, mask: Mask) -> Any:  # noqa: ANN401 - JSON
    """Return what a mask leaves of an answer; what it does not find is left out, and so is what has nothing left."""
    if not mask:
        return value
    if isinstance(value, list):
        return [masked(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    if "*" in mask:
        return {name: masked(inner, mask["*"]) for name, inner in value.items()}
    return {name: masked(value[name], inner) for name, inner in mask.items() if name in value}


def _selectors(tokens: list[str]) -> Mask:
    mask: Mask = {}
    while True:
        _merge(mask, *_selector(tokens))
        if not tokens or tokens[0] != ",":
            return mask
        tokens.pop(0)


def _selector(tokens: list[str]) -> tuple[str, Mask]:
    if not tokens or tokens[0] in ",()/":
        msg = "a field's name is missing"
        raise WrongMask(msg)
    name = tokens.pop(0)
    if tokens and tokens[0] == "/":
        tokens.pop(0)
        return name, dict([_selector(tokens)])
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        inner = _selectors(tokens)
        if not tokens or tokens.pop(0) != ")":
            msg = f"{name}( is not closed"
            raise WrongMask(msg)
        return name, inner
    return name, {}


def _merge(mask: Mask, name: str, inner: Mask) -> None:
    """Add a selector; `a/b,a/c` is `a(b,c)`, and `a,a/b` is `a`."""
    if name not in mask:
        mask[name] = inner
    elif not inner or not mask[name]:
        mask[name] = {}
    else:
        for deeper, innermost in inner.items():
            _merge(mask[name], deeper, innermost)
