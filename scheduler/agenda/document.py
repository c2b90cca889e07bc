"""The running document of a pair: newest meeting on top, and every byte that people typed kept."""

import re
from datetime import datetime

from scheduler.agenda.blocks import MARK, Section, lines_of, marked_meetings, sections
from scheduler.agenda.wording import safe_name
from scheduler.people import Pair

_HEAD = """# 1-2-1: {manager} and {report}

Between the two of you. The newest meeting is on top; write wherever you like, nothing of it is changed.
Tick a follow-up when it is done: what stays open comes up next time.
"""


def document_head(pair: Pair) -> str:
    """Return the beginning of a new document: title, whose it is, and how it works."""
    return _HEAD.format(manager=safe_name(pair.manager.name), report=safe_name(pair.report.name))


def find_section(text: str, meeting: datetime, title: str) -> Section | None:
    """Return the section of the meeting with that original start, or None.

    Its mark names it; a section that lost its mark is known by a title that nobody changed.
    """
    marked = meeting in marked_meetings(text)
    named = re.search(rf"(?m)^#{{1,6}}[ \t]+{re.escape(title)}[ \t#]*\r?$", text)
    if not marked and not named:
        return None
    for section in sections(text):
        if section.meeting == meeting or (section.meeting is None and section.title == title):
            return section
    return None


def section_text(text: str, section: Section) -> str:
    """Return a section as it stands in the document, without our invisible mark."""
    lines = lines_of(text)[section.start : section.end]
    kept = "".join(line for line in lines if not MARK.fullmatch(line.strip()))
    return kept.replace("\r\n", "\n").strip() + "\n"


def with_section(text: str, section: str) -> str:
    """Return the document with the section on top, below its head; all else is kept byte for byte.

    It goes before the newest section of ours; where there is none, below the title and what stands
    under it. Line ends follow the document's.
    """
    lines = lines_of(text)
    at = _place(text, lines)
    before, after = "".join(lines[:at]), "".join(lines[at:])
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    gap = "" if not before.strip("\ufeff") else _to_blank_line(before)
    body = gap + section.rstrip("\n") + "\n" + ("\n" if after else "")
    return before + body.replace("\n", newline) + after


def _place(text: str, lines: list[str]) -> int:
    """Return the line before which a new section goes."""
    above: list[Section] = []
    for section in sections(text):
        if section.meeting is not None:
            return section.start
        above.append(section)
    titles = [section for section in above if section.level == 1]
    if titles == above[:1]:  # one H1 that stands first is the title; several are somebody's sections
        above = above[1:]
    return above[0].start if above else len(lines)


def _to_blank_line(before: str) -> str:
    """Return the line ends that are missing for a blank line after what stands before."""
    last = re.search(r"(?:\r\n?|\n)?[ \t]*(?:\r\n?|\n)?\Z", before)
    ends = len(re.findall(r"\r\n?|\n", last[0])) if last else 0
    return "\n" * (2 - ends)
