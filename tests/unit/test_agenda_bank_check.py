"""Advice on a bank of openers: closed, leading, too specific, doubled, empty, too few."""

import pytest

from scheduler.agenda.bank_check import bank_problems
from scheduler.settings import AgendaSettings
from tests.unit.agenda_builders import BANK_TEXT

ONE = AgendaSettings(openers=1, reserve=0)
COACHING = "\n## Coaching\n" + "".join(f"- What about {word}?\n" for word in ("a", "b", "c", "d", "e"))
FILLER = "".join(f"- What of {'x' * n}?\n" for n in range(1, 27))


def said(question: str) -> list[str]:
    """Return what is said about one question in a bank that is fine otherwise."""
    return [str(problem) for problem in bank_problems(f"## One\n- {question}\n{FILLER}{COACHING}", ONE)]


def test_the_shipped_bank_has_no_problems() -> None:
    """What we ship follows our own advice, with the default settings."""
    assert bank_problems(BANK_TEXT) == ()


@pytest.mark.parametrize(
    "question",
    ["Do you like it here?", "are you well?", "Have you finished?", "Could it be better?", "Any problems?"],
)
def test_closed_questions_are_flagged(question: str) -> None:
    """What can be answered with yes or no closes a conversation."""
    assert said(question) == [
        f"openers.md:2: {question!r} can be answered with yes or no; begin with what, how, who, when or which"
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Don't you think so?",
        "You like it, don't you?",
        "It is going well, right?",
        "Why don't you ask?",
        "What went wrong, surely?",
    ],
)
def test_leading_questions_are_flagged(question: str) -> None:
    """What holds its own answer is flagged as leading, and once only."""
    assert len(said(question)) == 1
    assert "leads to its answer" in said(question)[0]


@pytest.mark.parametrize(
    "question",
    [
        "What about ticket AB-12?",
        "How was Tuesday?",
        "What did you do yesterday?",
        "How did the 3 releases go?",
        "What is at https://example.org?",
    ],
)
def test_too_specific_questions_are_flagged(question: str) -> None:
    """A day, a number, a ticket or an address fits one pair in one week."""
    assert "is too specific" in said(question)[0]


def test_long_questions_are_flagged() -> None:
    """A question of a paragraph is too specific as well."""
    assert said("What " + "very " * 30 + "long?") == [
        "openers.md:2: a question of 32 words; ask it in 25 or fewer"
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What don't we say?",
        "Tell me about your week",
        "How's it going?",
        "Who is the person that you would ask, and why?",
    ],
)
def test_open_questions_are_fine(question: str) -> None:
    """Open questions and invitations pass."""
    assert said(question) == []


def test_doubled_questions_and_empty_angles_are_flagged_by_line() -> None:
    """Each with its line, in the order of the file; questions above the first heading too."""
    text = f"- What?\n\n## One\n\n## Two\n- WHAT\n{FILLER}{COACHING}"
    assert [str(problem) for problem in bank_problems(text, ONE, "my.md")] == [
        "my.md:1: questions before the first heading; give them an angle: a line like '## Work'",
        "my.md:3: no question under 'One'; write its questions as list items, '- …'",
        "my.md:6: 'WHAT' stands on line 1 already; keep one of the two",
    ]


def test_too_few_questions_are_counted() -> None:
    """Fewer than an agenda takes, than half a year takes, fewer angles, or no coaching: each is said with its numbers."""
    assert [problem.what for problem in bank_problems("## One\n- What?\n")] == [
        "0 coaching questions",
        "1 opener, and each agenda takes 6",
    ]
    assert [problem.what for problem in bank_problems(f"## One\n{FILLER}{COACHING}")] == [
        "1 angle, and each agenda takes 6 questions",
        "26 openers last a pair that meets weekly for 4 weeks, and repeat_after is 26 weeks",
    ]
    assert bank_problems(COACHING, AgendaSettings(openers=0, reserve=0)) == ()
