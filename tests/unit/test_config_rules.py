"""`[[cadence.rules]]` in a config: every fault at once, each with its line and its remedy."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.config.rules import rule_problems
from scheduler.config.sections import read_sections
from scheduler.every import Cadence
from scheduler.settings import Asked, CadenceRule
from scheduler.timespans import DAY
from tests.unit.config_builders import LEAST, faults, loaded

PEOPLE = (
    "email,manager,timezone,Job Level\nann@example.com,,Europe/London,VP\n"
    "bo@example.com,ann@example.com,Europe/London, team  lead\n"
)
FIRST = LEAST.count("\n") + 1
"""The line of the first rule of a config."""


def rule(name: str, *keys: str) -> str:
    """Return a rule that asks for a week."""
    return "\n".join(("[[cadence.rules]]", f'name = "{name}"', 'every = "1 week"', *keys, ""))


def told(root: Path, *rules: str, people: str = PEOPLE) -> list[str]:
    """Return what a config with these rules is refused with, lines counted from the first rule, which is on 1."""
    found = []
    for line in faults(root, LEAST + "".join(rules), people):
        number, _, rest = line.removeprefix("onetoone.toml:").partition(": ")
        found.append(f"{int(number) - FIRST + 1}: {rest}")
    return found


def test_a_column_of_the_roster_s_own_can_be_asked(tmp_path: Path) -> None:
    """What the rules look at is read, without a warning, and kept with the person."""
    found = loaded(tmp_path, LEAST + rule("leads", 'column = "Job-Level"', 'is = "Team Lead"'), PEOPLE)
    assert found.warnings == ()
    assert dict(found.roster.people["bo@example.com"].columns) == {"job_level": "team  lead"}
    assert found.settings.cadence.rules[0].says == ("team lead",)


def test_every_key_at_fault_is_told_at_once(tmp_path: Path) -> None:
    """Of each rule, with the line on which the key stands; a key that is missing with the rule's."""
    first = rule("a", 'nam = "q"', 'joined_within = "36 hours"', 'of = "boss"', "is = []", "span_over = 0")
    second = "[[cadence.rules]]\ntolerance = 3\n"
    assert told(tmp_path, first, second) == [
        "4: 'nam' is not a setting of [[cadence.rules]]; did you mean 'name'?",
        "5: 'joined_within' must be whole days, not '36 hours'; write it like '90 days'",
        "6: 'of' must be 'report' or 'manager', not 'boss'",
        '7: \'is\' must be a text, or a list of texts, not []; write it like ["director", "vp"]',
        "8: 'span_over' must be a whole number from 1 to 1000, not 0; write the number without quotes",
        "9: [[cadence.rules]] has no 'name'; add name = \"new joiners\"",
        "9: [[cadence.rules]] has no 'every'; add every = \"1 week\"",
        "10: 'tolerance' is not a setting of [[cadence.rules]]; it belongs in [cadence]",
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("rules = 3", "'rules' must be tables, not 3; write [[cadence.rules]] above each rule"),
        ("rules = [3]", "'rules' must be tables, not 3; write [[cadence.rules]] above each rule"),
        ('[cadence.rules]\nname = "a"', "'rules' must be tables, not {'name': 'a'}; write [[cadence.rules]]"),
        (
            "[cadence]\nspan_over = 3",
            "'span_over' is not a setting of [cadence]; it belongs in [[cadence.rules]]",
        ),
    ],
)
def test_rules_that_are_no_tables(tmp_path: Path, line: str, sentence: str) -> None:
    """Single brackets are the mistake that everybody makes once."""
    toml = LEAST.replace("[cadence]\n", f"{line}\n") if line.startswith("[cadence]") else LEAST + line + "\n"
    (fault,) = faults(tmp_path, toml)
    assert sentence in fault


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (
            (),
            "2: the rule 'a' has no condition, so that it would decide for everybody; add a condition, such as",
        ),
        (('column = "timezone"',), "4: the rule 'a' names a column and not what it is to say; add is = ["),
        (("span_over = 3", 'is = "x"'), "5: the rule 'a' has 'is' and no 'column'; add column = \"level\""),
        (("span_over = 3", 'of = "manager"'), "5: the rule 'a' has 'of' and no 'column'; add column"),
        (
            ("span_over = 4", "span_up_to = 4"),
            "5: the rule 'a' asks for more than 4 and up to 4 people at once;",
        ),
        (
            ("span_over = 4", "first_minutes = 60"),
            "5: the rule 'a' has 'first_minutes', but is not for people who are",
        ),
        (
            ('joined_within = "1 week"', 'first_within = "8 days"'),
            "5: the rule 'a' wants the first meeting within 8 days, and ends after 1 week; make 'first_within' the",
        ),
        (
            ('column = "levle"', 'is = "x"'),
            "4: the rule 'a' looks at the column 'levle', which the roster has not; its columns are email, manager, ",
        ),
        (
            ('column = "joblevel"', 'is = "x"'),
            "4: the rule 'a' looks at the column 'joblevel', which the roster",
        ),
    ],
)
def test_keys_that_need_one_another(tmp_path: Path, keys: tuple[str, ...], sentence: str) -> None:
    """A rule that says too little, or too much, names the key and what is missing."""
    (fault,) = told(tmp_path, rule("a", *keys))
    assert fault.startswith(sentence)


def test_a_column_that_is_nearly_there_is_named(tmp_path: Path) -> None:
    """The roster's own names are what is guessed among; a roster that can't be read is not spoken of twice."""
    mistyped = rule("a", 'column = "job_levle"', 'is = "x"')
    (fault,) = told(tmp_path, mistyped)
    assert fault.endswith("which the roster has not; did you mean 'job_level'?")
    assert faults(tmp_path, LEAST + mistyped, "") == [
        "people.csv: there is nothing in it; begin with a line such as email,name,manager,timezone"
    ]


def test_names_are_for_one_rule_each(tmp_path: Path) -> None:
    """Two of a name, and a name that reasons use otherwise, would mislead whoever reads them."""
    found = told(
        tmp_path, rule("New", "span_over = 9"), rule("new", "span_over = 3"), rule("roster", "span_up_to = 2")
    )
    assert found == [
        "6: the rule 'new' has the name of another; give each its own, so that a reason names one of them",
        "10: the rule 'roster' has a name that means what is no rule; give it another",
    ]


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (
            (rule("a", "span_over = 4"), rule("b", "span_over = 8")),
            "6: the rule 'b' never decides, for 'a' above it takes all whom it fits; put the narrower rule first",
        ),
        (
            (rule("a", "span_over = 4"), rule("b", "span_up_to = 4"), rule("c", 'joined_within = "90 days"')),
            "10: the rule 'c' never decides, for 'a' and 'b' above it take all whom it fits;",
        ),
        (
            (
                rule("a", 'column = "timezone"', 'is = ["x", "y"]'),
                rule("b", 'column = "timezone"', 'is = "X"', "span_over = 2"),
            ),
            "7: the rule 'b' never decides, for 'a' above it takes all whom it fits;",
        ),
    ],
)
def test_a_rule_that_never_decides_is_a_fault(tmp_path: Path, rules: tuple[str, ...], sentence: str) -> None:
    """Those above it, together, take everybody whom it would fit: an order that nobody can have meant."""
    (fault,) = told(tmp_path, *rules)
    assert fault.startswith(sentence)


def test_very_many_kinds_of_pairs_are_not_tried_one_by_one(tmp_path: Path) -> None:
    """Whether a rule ever decides is then for its author to see; no command waits for it."""
    header, row, *rest = PEOPLE.splitlines()
    columns = [f"c{number}" for number in range(12)]
    people = "\n".join((",".join((header, *columns)), row + "," * 12, *rest)) + "\n"
    rules = [rule(column, f'column = "{column}"', 'is = ["x", "y"]') for column in columns]
    again = rule("again", 'column = "c0"', 'is = "x"')
    config = loaded(tmp_path, LEAST + "".join(rules) + again, people)
    assert len(config.settings.cadence.rules) == 13


@pytest.mark.parametrize(
    "rules",
    [
        (rule("a", "span_over = 8"), rule("b", "span_over = 4")),
        (rule("a", 'joined_within = "30 days"'), rule("b", 'joined_within = "90 days"')),
        (rule("a", "span_over = 4"), rule("b", "span_up_to = 4")),
        (
            rule("a", 'column = "timezone"', 'is = "x"'),
            rule("b", 'column = "timezone"', 'is = "x"', 'of = "manager"'),
        ),
        (rule("a", "span_over = 4", 'joined_within = "30 days"'), rule("b", "span_over = 4")),
    ],
)
def test_rules_that_each_have_somebody_are_fine(tmp_path: Path, rules: tuple[str, ...]) -> None:
    """The narrower first, or side by side."""
    assert len(loaded(tmp_path, LEAST + "".join(rules), PEOPLE).settings.cadence.rules) == 2


def _rule(within: int | None, over: int | None, up_to: int | None, says: set[str]) -> CadenceRule:
    return CadenceRule(
        name="",
        every=Cadence.parse("1 week"),
        joined_within=within * DAY if within else None,
        span_over=over,
        span_up_to=up_to,
        column="level" if says else None,
        says=tuple(sorted(says)),
    )


def _possible(each: CadenceRule) -> bool:
    asks = each.joined_within or each.span_over or each.span_up_to or each.column
    return bool(asks) and not (each.span_over and each.span_up_to and each.span_over >= each.span_up_to)


_RULES: st.SearchStrategy[CadenceRule] = st.builds(
    _rule,
    st.sampled_from([None, 10, 30]),
    st.sampled_from([None, 2, 5]),
    st.sampled_from([None, 3, 6]),
    st.sets(st.sampled_from("xy"), max_size=2),
).filter(_possible)


@settings(max_examples=60)
@given(st.lists(_RULES, min_size=1, max_size=4))
def test_never_is_never(rules: list[CadenceRule]) -> None:
    """A rule is called idle exactly where no pair at all is decided by it."""
    pairs = [*product((-1, 0, 9, 10, 29, 30, 99, None), range(9), ("x", "y", "z", ""))]
    deciding = {next((n for n, each in enumerate(rules) if _fits(each, *pair)), None) for pair in pairs}
    idle = {f"the rule 'r{n}' never" for n in range(len(rules))} - {
        f"the rule 'r{n}' never" for n in deciding
    }
    problems = [problem.what for problem in rule_problems(read_sections(_written(rules), "f", Path("/")))]
    assert {what.partition(" decides")[0] for what in problems} == idle


def _fits(each: CadenceRule, here: int | None, span: int, level: str) -> bool:
    new = each.joined_within is None or (here is not None and here * DAY < each.joined_within)
    over = each.span_over is None or span > each.span_over
    up_to = each.span_up_to is None or span <= each.span_up_to
    return new and over and up_to and (each.column is None or level in each.says)


def _written(rules: list[CadenceRule]) -> str:
    tables = []
    for number, each in enumerate(rules):
        keys = [f'joined_within = "{each.joined_within.days} days"'] if each.joined_within else []
        keys += [f"{key} = {value}" for key in ("span_over", "span_up_to") if (value := getattr(each, key))]
        keys += ['column = "level"', f"is = {[*each.says]}"] if each.column else []
        assert each.of is Asked.REPORT
        tables.append(rule(f"r{number}", *keys))
    return LEAST + "".join(tables)
