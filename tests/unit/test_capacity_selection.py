"""Which managers are asked about: one, a tree, a column of the roster."""

from datetime import date

import pytest

from scheduler.capacity.selection import Wanted, chosen, columns_of
from scheduler.errors import WrongUsage
from scheduler.people import Person, Roster
from tests.unit.planning_builders import person, roster

TODAY = date(2026, 11, 23)
COLUMNS = ("email", "manager", "department", "office", "floor")


def _company() -> Roster:
    """Return Top over Ann and Max, Ann over Bo and Cy, Bo over Di, Max over Eve, who is the last."""

    def somebody(name: str, manager: str | None, **details: object) -> Person:
        return person(f"{name}@x.org", f"{manager}@x.org" if manager else None, **details)

    sales, labs = {"department": "Sales"}, {"department": "Labs"}
    return roster(
        somebody("top", None),
        somebody("ann", "top", columns=sales, aliases=frozenset({"a.lee@x.org"})),
        somebody("max", "top", columns=labs),
        somebody("bo", "ann", columns=sales),
        somebody("cy", "ann", columns=sales),
        somebody("di", "bo", columns=labs),
        somebody("eve", "max", end_date=date(2026, 12, 1)),
    )


def _named(**options: str) -> set[str]:
    wanted = Wanted(**options, columns=COLUMNS)
    return {email.partition("@")[0] for email in chosen(_company(), TODAY, wanted)}


def test_without_options_everybody_with_reports() -> None:
    """Cy and Di have none."""
    assert _named() == {"top", "ann", "max", "bo"}


def test_one_manager_by_any_address() -> None:
    """Capitals and aliases mean the same person."""
    assert _named(manager="A.Lee@X.org") == {"ann"}


def test_a_tree_is_its_top_and_all_managers_below() -> None:
    """However far down."""
    assert _named(under="ann@x.org") == {"ann", "bo"}
    assert _named(under="top@x.org") == _named()


def test_a_column_is_the_managers_own() -> None:
    """Di is of the labs, Bo, who manages Di, is of sales."""
    assert _named(where="department=sales") == {"ann", "bo"}
    assert _named(where=" Department = LABS ") == {"max"}


def test_the_column_is_kept_as_headers_are_read() -> None:
    """Capitals aside, blanks and hyphens as underlines; without a condition none is."""
    assert columns_of("Cost centre = 7") == columns_of("cost-centre=7") == {"cost_centre"}
    assert columns_of(None) == frozenset()


def test_options_together_mean_those_whom_all_of_them_mean() -> None:
    """Sales below Ann."""
    assert _named(under="ann@x.org", where="department=sales", manager="bo@x.org") == {"bo"}


def test_who_has_left_manages_nobody() -> None:
    """Eve leaves on 1 December; from the next day on Max has no reports."""
    after = chosen(_company(), date(2026, 12, 2), Wanted())
    assert "max@x.org" not in after


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"manager": "nobody@x.org"}, "--manager: nobody on the roster has the address"),
        ({"under": "nobody@x.org"}, "--under: nobody on the roster has the address"),
        ({"manager": "cy@x.org"}, "--manager: nobody who is meant by it has reports"),
        ({"under": "max@x.org", "where": "department=sales"}, "--under with --where: nobody who is meant"),
        ({"where": "sales"}, "write it like 'department=Sales'"),
        ({"where": "=sales"}, "write it like 'department=Sales'"),
        ({"where": "departmnet=sales"}, "did you mean 'department'"),
        ({"where": "shoe size=3"}, "the roster has no column 'shoe_size'; its columns are email"),
        ({"where": "floor=3"}, "no manager has '3' in the column 'floor'; there are: none"),
        ({"where": "department=sails"}, "did you mean 'Sales'"),
        ({"where": "department=Legal"}, "there are: 'Labs' and 'Sales'"),
    ],
)
def test_what_means_nobody_is_wrong_usage_and_says_what_to_write(options: dict[str, str], said: str) -> None:
    """The option, what is wrong with it, and what there is."""
    with pytest.raises(WrongUsage) as wrong:
        _named(**options)
    assert said in str(wrong.value)
