"""When two people could meet: no calendars are read but those of the two and of whom they have 1-2-1s with."""

from datetime import datetime

from scheduler.checking import Checking
from scheduler.config import Config
from scheduler.errors import CalendarUnreadable, Problem, WrongUsage
from scheduler.looking import Look
from scheduler.memory import Memory
from scheduler.people import Pair
from scheduler.planning.asking import Question, advice, asked, movable, with_moves
from scheduler.planning.situation import Situation
from scheduler.slots.advice import Advice
from scheduler.timespans import DAY, midnight
from scheduler.words import day_words


class Advising:
    """The way to read what an answer needs; nothing is written."""

    def __init__(self, config: Config, look: Look, memory: Memory, now: datetime) -> None:
        """Have read nothing yet."""
        self._config = config
        self._look = look
        self._memory = memory
        self._now = now

    def answer(self, question: Question) -> Advice:
        """Return the best times, or what would help.

        Raises CalendarUnreadable where one of the two calendars can't be read, WrongUsage where the two are to
        have no 1-2-1 and the question does not say how often.
        """
        pair = question.pair
        checking = Checking(self._config, self._look, self._memory, self._now)
        near = tuple(
            one for one in self._config.roster.pairs(self._now.date()) if not {*one.key}.isdisjoint(pair.key)
        )
        coverages = checking.only(near)
        known = Situation(
            evidence=checking.evidence,
            roster=self._config.roster,
            memory=self._memory,
            settings=self._config.settings,
            now=self._now,
        )
        known = self._timed(known, pair)
        self._ensure_read(known, pair)
        request = asked(question, coverages, known)
        if request is None:
            raise WrongUsage(
                Problem(
                    str(pair), "are to have no 1-2-1", "say how often to ask all the same: --every '1 month'"
                )
            )
        if request.until is not None and request.earliest >= midnight(request.until + DAY, pair.manager.tz):
            last = (
                f"the last day of one of them is {day_words(request.until)}, before a first meeting could be"
            )
            raise WrongUsage(Problem(str(pair), last, "ask for two who go on"))
        found = advice(request, coverages, known, most=question.most)
        others = movable(pair, coverages, known)
        if found.options or not others:
            return found
        return with_moves(found, others, coverages, self._timed(known, *others))

    def _timed(self, known: Situation, *pairs: Pair) -> Situation:
        """Return what is known with when these people are taken; who can't be read is left out."""
        people = (person for pair in pairs for person in (pair.manager, pair.report))
        untimed = known.untimed(*people)
        return known.with_evidence(self._look.times(known.evidence, untimed)) if untimed else known

    def _ensure_read(self, known: Situation, pair: Pair) -> None:
        problems = [
            known.evidence.unreadable[email] for email in pair.key if email in known.evidence.unreadable
        ]
        if problems:
            raise CalendarUnreadable(*problems)
