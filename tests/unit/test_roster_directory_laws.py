"""Laws of the roster from the Google Directory, whatever stands in it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.directory_builders import read

LETTERS = "abcdefg"
ADDRESSES = [f"{letter}@x.org" for letter in LETTERS] + [
    "Kim Lee",
    "kim lee",
    "nobody@x.org",
    "",
    "@",
    "none",
]
addresses = st.sampled_from(ADDRESSES)
relations = st.lists(
    st.fixed_dictionaries({"type": st.sampled_from(["manager", "manager", "mother"]), "value": addresses}),
    max_size=3,
)
users = st.lists(
    st.fixed_dictionaries(
        {
            "primaryEmail": st.sampled_from(ADDRESSES[: len(LETTERS) + 1]),
            "relations": relations,
            "suspended": st.sampled_from([False, False, False, True]),
        },
        optional={
            "aliases": st.lists(st.sampled_from([f"{letter}@alias.org" for letter in LETTERS]), max_size=1),
            "archived": st.booleans(),
            "name": st.fixed_dictionaries({"fullName": addresses}),
        },
    ),
    max_size=9,
)
row = st.tuples(addresses, addresses, addresses).map(",".join)
people = st.none() | st.lists(row, max_size=4).map(lambda rows: "\n".join(["email,manager,aliases", *rows]))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | addresses,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "value", "fullName"]), inner)
    ),
    max_leaves=6,
)
FIELDS = ["primaryEmail", "name", "aliases", "nonEditableAliases", "relations", "suspended", "archived"]


@given(users, people)
def test_everybody_is_there_once_and_below_nobody_who_is_below_them(
    found: list[dict[str, Any]], text: str | None
) -> None:
    """Rings, managers who are gone, unknown or doubled: sentences, or a roster that goes up to its top."""
    read_roster = read(*found, people=text)
    roster = read_roster.roster.people
    assert all(person.email == email for email, person in roster.items())
    assert all(person.manager != email for email, person in roster.items())
    last = {one["primaryEmail"] for one in found if "@x" in one["primaryEmail"]} - set(roster)
    gone = {one["primaryEmail"] for one in found if one["suspended"] or one.get("archived")}
    if read_roster.problems:
        return
    assert last <= gone
    for email in roster:
        above = [email]
        while (manager := roster[above[-1]].manager) is not None:
            assert manager in roster
            assert manager not in above
            above.append(manager)


@given(users, st.randoms(use_true_random=False))
def test_the_order_of_the_pages_makes_no_difference(found: list[dict[str, Any]], chance: Any) -> None:  # noqa: ANN401 - hypothesis's random
    """Only of somebody who stands there twice does the first count."""
    each = list({one["primaryEmail"]: one for one in found}.values())
    mixed = chance.sample(each, len(each))
    assert read(*mixed).roster == read(*each).roster
    assert set(read(*mixed).problems) == set(read(*each).problems)


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), anything), max_size=4))
def test_any_json_is_read_or_refused(found: list[dict[str, Any]]) -> None:
    """Whatever the Directory answers, the outcome is people or sentences, never a crash."""
    read_roster = read(*found)
    assert read_roster.problems or read_roster.roster.people
