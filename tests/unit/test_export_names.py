"""File names of the export."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.export.names import pair_file, person_file


def test_a_usual_address_is_its_own_file_name() -> None:
    """Anybody can find their file."""
    assert person_file("Ann.Able+x@example.org") == "people/ann.able+x@example.org.ics"
    assert pair_file("ann@example.org", "bo@example.org") == "pairs/ann@example.org--bo@example.org.ics"
    assert pair_file("a@x", "b@x", earlier=0) == "pairs/a@x--b@x.0.ics"


@pytest.mark.parametrize(
    "email", ["../../etc/passwd@x", "a/b@x", "a\\b@x", ".hidden@x", "a\x00b@x", "a:b|c*@x", "é@x"]
)
def test_no_address_leaves_its_folder(email: str) -> None:
    """Slashes, leading dots, and what some file systems refuse are written as %XX."""
    assert re.fullmatch(r"people/[a-z0-9%][a-zA-Z0-9@.+_=%~-]*\.ics", person_file(email))


def test_two_pairs_never_share_a_file() -> None:
    """Two dashes inside an address are not taken for those between two."""
    assert pair_file("a@x", "b--c@y") != pair_file("a@x--b", "c@y")
    assert pair_file("a@xn--b.ch", "c@y") == "pairs/a@xn-%2Db.ch--c@y.ics"


def test_a_very_long_address_is_cut_and_stays_itself() -> None:
    """A file name has at most 255 octets everywhere; two long addresses stay two."""
    long, other = "a" * 300 + "@x", "a" * 299 + "b@x"
    assert len(pair_file(long, other)) < 255
    assert person_file(long) != person_file(other)


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_people_have_different_files(one: str, other: str) -> None:
    """Two addresses share a file only if they differ in case alone."""
    same = one.lower().encode("utf-8", "replace") == other.lower().encode("utf-8", "replace")
    assert (person_file(one) == person_file(other)) == same
