"""The block structure of a running document: sections, their parts, and the entries in these.

A *section* is what stands under one meeting's heading. A *part* is what stands under a heading within
it that we know. An *entry* is one list item, line of text or table row. markdown-it-py decides what
is a block (CommonMark 0.31 with GFM tables); code blocks and HTML comments hold no entries.
Sections are read lazily from the top, so that years of them cost nothing until somebody asks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scheduler.agenda.entries import Entry, known_part, read_entries

MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_CHUNK_START = re.compile(r"#{1,2}[ \t]")
MARK = re.compile(
    r"<!-- onetoone: (?P<meeting>\S+)(?: carried=(?P<carried>\S*))?(?: told=(?P<told>\S*))? -->"
)
_SECTION_LEVEL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What stands under one heading: lines [start, end) of the document, counted from 0.

    `meeting` is the original start that our mark names, None where there is no mark. `carried` and
    `told` are the fingerprints of what it listed as open and as closed when it was written.
    """

    title: str
    level: int
    start: int
    end: int
    entries: tuple[Entry, ...] = ()
    meeting: datetime | None = None
    carried: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


def lines_of(text: str) -> list[str]:
    """Split at line ends as Markdown counts them (LF, CRLF, CR), ends kept."""
    return [line for line in _LINE.findall(text) if line]


def mark(meeting: datetime, carried: Sequence[str] = (), told: Sequence[str] = ()) -> str:
    """Write the invisible mark: the meeting's identity, and what the section listed."""
    listed = f" carried={','.join(carried)}" if carried else ""
    listed += f" told={','.join(told)}" if told else ""
    return f"<!-- onetoone: {meeting.isoformat()}{listed} -->"


def marked_meetings(text: str) -> frozenset[datetime]:
    """Return the original starts of all meetings whose section stands in the document.

    Reads marks only, wherever they are: to find one too many leaves a section unwritten, which a
    person can mend; to miss one would write it twice.
    """
    return frozenset(m for found in MARK.finditer(text) if (m := _moment(found["meeting"])) is not None)


def sections(text: str) -> Iterator[Section]:
    """Yield the sections from the top, lazily; what stands above the first heading belongs to none."""
    lines = lines_of(text.removeprefix("\ufeff"))
    for first, end, tokens in _chunks(lines):
        yield from _sections_of(tokens, lines[first:end], first)


def entries(text: str) -> tuple[Entry, ...]:
    """Return every entry of a piece of Markdown, across its sections."""
    return tuple(entry for section in sections(text) for entry in section.entries)


def front_matter(lines: Sequence[str]) -> int:
    """Return how many lines of YAML front matter stand at the top; other tools' data, never touched."""
    if not lines or lines[0].lstrip("\ufeff").rstrip() != "---":
        return 0
    return next((n + 1 for n, line in enumerate(lines) if n and line.rstrip() in {"---", "..."}), 0)


def _chunks(lines: list[str]) -> Iterator[tuple[int, int, list[Token]]]:
    """Yield (first line, end line, tokens) of stretches that can be parsed alone, cut before H1 and H2 lines.

    A cut holds only if the heading after it is a heading for the parser too, and not code or a
    comment; from a cut that does not hold, the rest is parsed in one piece.
    """
    first = front_matter(lines)
    cuts = [
        n for n in range(first + 1, len(lines)) if _CHUNK_START.match(lines[n]) and not known_part(lines[n])
    ]
    for cut in cuts:
        tokens = MARKDOWN.parse("".join(lines[first : cut + 1]))
        heading = len(tokens) - 3
        if (
            heading < 0
            or tokens[heading].type != "heading_open"
            or tokens[heading].map != [cut - first, cut - first + 1]
        ):
            break
        yield first, cut, tokens[:heading]
        first = cut
    yield first, len(lines), MARKDOWN.parse("".join(lines[first:]))


def _sections_of(tokens: list[Token], lines: list[str], first: int) -> Iterator[Section]:
    starts = [n for n, token in enumerate(tokens) if _begins_section(tokens, n, token)]
    for n, stop in pairwise([*starts, len(tokens)]):
        heading, own = tokens[n], tokens[n:stop]
        found = next((m for t in own if t.type != "fence" and (m := MARK.search(t.content))), None)
        last = tokens[stop].map if stop < len(tokens) else None
        yield Section(
            title=tokens[n + 1].content,
            level=int(heading.tag[1:]),
            start=first + (heading.map or [0])[0],
            end=first + (last[0] if last else len(lines)),
            entries=tuple(read_entries(own[3:], lines)),
            meeting=_moment(found["meeting"]) if found else None,
            carried=_prints(found["carried"]) if found else frozenset(),
            told=_prints(found["told"]) if found else frozenset(),
        )


def _begins_section(tokens: list[Token], n: int, token: Token) -> bool:
    """Say whether a heading begins a section: it has our mark, or is an H1 or H2 that is no part."""
    if token.type != "heading_open" or token.level:
        return False
    if int(token.tag[1:]) <= _SECTION_LEVEL and known_part(tokens[n + 1].content) is None:
        return True
    below = next((t for t in tokens[n + 3 :]), None)
    return below is not None and below.type == "html_block" and MARK.search(below.content) is not None


def _prints(listed: str | None) -> frozenset[str]:
    return frozenset((listed or "").split(",")) - {""}


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
