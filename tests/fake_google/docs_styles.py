"""Styles of paragraphs and of text: what a field mask sets, resets and leaves alone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.fake_google.docs_edit import Invalid
from tests.fake_google.docs_model import Paragraph, Style, joined

_LINK_COLOUR = {"color": {"rgbColor": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}}}
_READ_ONLY = frozenset({"headingId", "tabStops"})
_NAME = "namedStyleType"
_UNSET: tuple[Any, ...] = (None, {}, False)  # what equals the default is inherited, not kept


def masked(style: Style, wanted: Mapping[str, Any], fields: str) -> dict[str, Any]:
    """Return a style after an update: a field of the mask is set, or reset where the update leaves it out.

    `*` stands for every field. Raises Invalid where the mask is empty.
    """
    names = {name.strip().partition(".")[0] for name in fields.split(",") if name.strip()}
    if not names:
        msg = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        raise Invalid(msg)
    if "*" in names:
        names = {*style, *wanted}
    if names & _READ_ONLY:
        msg = f"Updating read-only fields is not allowed: {', '.join(sorted(names & _READ_ONLY))}."
        raise Invalid(msg)
    kept = {name: value for name, value in style.items() if name not in names}
    return kept | {name: wanted[name] for name in sorted(names) if wanted.get(name) not in _UNSET}


def restyled(paragraph: Paragraph, wanted: Mapping[str, Any], fields: str) -> Paragraph:
    """Return a paragraph after `updateParagraphStyle`; a new named style takes the styles of its text away.

    Links stay. Reported by users of the API, documented nowhere.
    """
    style = masked(paragraph.style, wanted, fields)
    style.setdefault(_NAME, "NORMAL_TEXT")
    style.setdefault("direction", "LEFT_TO_RIGHT")
    if style[_NAME] == paragraph.named_style:
        return replace(paragraph, style=style)
    runs = [replace(run, style=_only_link(run.style)) for run in paragraph.runs]
    return replace(paragraph, style=style, runs=joined(runs))


def with_text_style(style: Style, wanted: Mapping[str, Any], fields: str) -> Style:
    """Return the style of text after `updateTextStyle`; a link brings its colour and its line along."""
    found = masked(style, wanted, fields)
    if "link" in found and "link" not in style:
        found = {"underline": True, "foregroundColor": _LINK_COLOUR} | found
    if "link" in style and "link" not in found:
        found.pop("underline", None)
        found.pop("foregroundColor", None)
    return found


def _only_link(style: Style) -> Style:
    if "link" not in style:
        return {}
    return {name: style[name] for name in ("link", "underline", "foregroundColor") if name in style}
