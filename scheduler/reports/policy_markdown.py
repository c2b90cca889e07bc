"""How often a pair is to meet as Markdown, for a wiki or a chat: the answer, what it will become, every rule."""

from scheduler.cadence.explained import Explanation, Weighed
from scheduler.reports.markdown import escaped
from scheduler.reports.policy_words import (
    SYMBOLS,
    answer,
    asks,
    because,
    becomes,
    besides,
    row,
    stays,
    whys,
)

_HEAD = ("| | rule | decides | why |", "|---|---|---|---|")


def render_policy(found: Explanation, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write the answer, what follows, and a table of the rules in their order."""
    told = " ".join((because(found.decision), *besides(found)))
    ahead = becomes(found) or [stays(found)]
    parts = [
        f"**{escaped(answer(found))}** {escaped(told)}",
        "\n".join(f"- {escaped(line)}" for line in ahead),
        "\n".join((*_HEAD, *(_row(rule, found) for rule in found.rules))),
        f"As of {found.now:%Y-%m-%d %H:%M %z}. The first rule that fits decides.",
    ]
    return "\n\n".join(parts) + "\n"


def _row(rule: Weighed, found: Explanation) -> str:
    cells = (SYMBOLS[rule.outcome], row(rule, found), asks(rule), whys(rule))
    return f"| {' | '.join(map(escaped, cells))} |"
