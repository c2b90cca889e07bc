"""Questions to get a conversation going, from different angles, and none of them too soon again.

The bank is `config/openers.md`: headings are angles, list items are questions. An angle whose heading
speaks of coaching holds the questions that help people to solve their own problems.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256

from markdown_it import MarkdownIt

from scheduler.agenda.wording import fingerprint, one_line
from scheduler.memory import OpenerUse
from scheduler.settings import AgendaSettings

_MARKDOWN = MarkdownIt("commonmark").disable(["inline", "text_join"])
_COACHING = ("coaching", "their ideas first")
_PRINT_LENGTH = 16


@dataclass(frozen=True)
class Question:
    """One question of the bank; lines are counted from 1."""

    text: str
    line: int

    @cached_property
    def fingerprint(self) -> str:
        """What is remembered of it: no words, and the same after a change of case or punctuation."""
        return fingerprint(self.text, _PRINT_LENGTH)


@dataclass(frozen=True, slots=True)
class Angle:
    """The questions under one heading; the heading is empty for those that stand above the first."""

    heading: str
    line: int
    questions: tuple[Question, ...] = ()

    @property
    def coaching(self) -> bool:
        """Say whether these are the coaching questions of *Their ideas first*."""
        return any(word in self.heading.casefold() for word in _COACHING)


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions, by angle, in the order of the file."""

    angles: tuple[Angle, ...] = ()

    @property
    def openers(self) -> tuple[Angle, ...]:
        """Return the angles from which openers come."""
        return tuple(a for a in self.angles if not a.coaching and a.questions)

    @property
    def coaching(self) -> tuple[Angle, ...]:
        """Return the angles from which coaching questions come."""
        return tuple(a for a in self.angles if a.coaching and a.questions)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The questions for one meeting: to open with, in reserve, and to coach with."""

    openers: tuple[Question, ...] = ()
    reserve: tuple[Question, ...] = ()
    coaching: tuple[Question, ...] = ()


def parse_bank(text: str) -> Bank:
    """Read a bank; a first heading of level 1 without questions is the file's title, no angle."""
    angles: list[Angle] = []
    found: list[Question] = []
    heading, line, in_item = "", 1, 0
    tokens = _MARKDOWN.parse(text.removeprefix("\ufeff"))
    for n, token in enumerate(tokens):
        if token.type == "heading_open" and not token.level:
            angles.append(Angle(heading, line, tuple(found)))
            heading, line, found = one_line(tokens[n + 1].content), _line(token.map), []
        elif token.type == "list_item_open":
            in_item = n
        elif token.type == "inline" and in_item == n - 2 and token.content.strip():  # item, paragraph, inline
            found.append(Question(one_line(token.content), _line(token.map)))
    angles.append(Angle(heading, line, tuple(found)))
    title = next((n for n, token in enumerate(tokens) if token.type == "heading_open"), None)
    if title is not None and tokens[title].tag == "h1" and not angles[1].questions and angles[2:]:
        del angles[1]
    return Bank(tuple(angles if angles[0].questions else angles[1:]))


def choose(
    bank: Bank,
    pair_key: tuple[str, str],
    meeting: datetime,
    used: Sequence[OpenerUse],
    settings: AgendaSettings,
    *,
    problems: int = 1,
) -> Chosen:
    """Choose the questions for a pair's meeting; the same arguments always give the same ones.

    Openers and reserve come from different angles as long as there are enough; the angle that rested
    longest comes first. What the pair was given for another meeting within `repeat_after` is left out;
    where too few are left, those come back first that rested longest. Uses for this same meeting do not count,
    so that a second attempt chooses the same. `problems` is how many coaching questions are needed.
    """
    last = _last_uses(used, pair_key, meeting)
    picker = _Picker(pair_key, meeting, last, settings)
    picked = picker.pick(bank.openers, settings.openers + settings.reserve)
    return Chosen(
        openers=picked[: settings.openers],
        reserve=picked[settings.openers :],
        coaching=picker.pick(bank.coaching, problems),
    )


def uses(chosen: Chosen, pair_key: tuple[str, str], meeting: datetime) -> tuple[OpenerUse, ...]:
    """Return what is to be remembered of the choice: fingerprints, never words."""
    questions = dict.fromkeys(q.fingerprint for q in (*chosen.openers, *chosen.reserve, *chosen.coaching))
    return tuple(OpenerUse(*pair_key, opener, meeting) for opener in questions)


def _last_uses(
    used: Sequence[OpenerUse], pair_key: tuple[str, str], meeting: datetime
) -> dict[str, datetime]:
    last: dict[str, datetime] = {}
    for use in used:
        if (use.manager, use.report) == pair_key and use.used_for != meeting:
            last[use.opener] = max(use.used_for, last.get(use.opener, use.used_for))
    return last


@dataclass(frozen=True, slots=True)
class _Picker:
    """Picks questions one at a time, each from the angle that rested longest."""

    pair_key: tuple[str, str]
    meeting: datetime
    last: dict[str, datetime]
    settings: AgendaSettings

    def pick(self, angles: Sequence[Angle], count: int) -> tuple[Question, ...]:
        picked: list[tuple[Angle, Question]] = []
        while len(picked) < count:
            taken = {question.fingerprint for _, question in picked}
            from_angles = [angle for angle, _ in picked]
            offers = [
                (angle, question) for angle in angles if (question := self._offer(angle, taken)) is not None
            ]
            if not offers:
                break
            picked.append(min(offers, key=lambda offer: self._rank(angles, from_angles, *offer)))
        return tuple(question for _, question in picked)

    def _offer(self, angle: Angle, taken: set[str]) -> Question | None:
        """Return the angle's next question: a fresh one by hash, else the one that rested longest."""
        left = [q for q in angle.questions if q.fingerprint not in taken]
        return min(left, key=lambda q: (self._rested(q), self._shuffled(q.fingerprint)), default=None)

    def _rank(
        self, angles: Sequence[Angle], taken: list[Angle], angle: Angle, question: Question
    ) -> tuple[object, ...]:
        """Order the offers: fresh before repeated, other angles before the same, the longest rested first."""
        rested = self._rested(question)
        newest = max((stamp for q in angle.questions if (stamp := self._stamp(q))), default=0.0)
        head = angle != angles[0]
        return rested > 0, taken.count(angle), rested, newest, head, self._shuffled(angle.heading)

    def _rested(self, question: Question) -> float:
        """Return 0 for a question that may come (again), else when it was used, in POSIX seconds."""
        last = self.last.get(question.fingerprint)
        if last is None or abs(self.meeting - last) >= self.settings.repeat_after:
            return 0.0
        return last.timestamp()

    def _stamp(self, question: Question) -> float:
        last = self.last.get(question.fingerprint)
        return last.timestamp() if last else 0.0

    def _shuffled(self, what: str) -> bytes:
        return sha256(
            "\0".join((*self.pair_key, self.meeting.astimezone(UTC).isoformat(), what)).encode()
        ).digest()


def _line(lines: list[int] | None) -> int:
    return lines[0] + 1 if lines else 1
