"""A pair finds their document by their addresses."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.documents.names import document_file
from tests.unit.documents_builders import pair_of

LABEL = st.from_regex(r"[a-zéλж][a-z0-9éλж]{0,6}", fullmatch=True)
LOCAL = st.text(
    st.characters(
        codec="utf-8", categories=["L", "N", "P", "S"], exclude_characters="@", max_codepoint=0x9FFF
    ),
    min_size=1,
    max_size=12,
)
ADDRESSES = st.builds("{}@{}.{}".format, LOCAL, LABEL, LABEL)


def test_usual_addresses_are_the_files_name() -> None:
    """Manager first, two dashes between."""
    assert document_file(pair_of()) == "ana@example.com--bo@example.com.md"
    assert (
        document_file(pair_of("ana.b+work@example.com", "o'neil_x~1@xn--bcher-kva.example"))
        == "ana.b+work@example.com--o'neil_x~1@xn--bcher-kva.example.md"
    )


def test_letters_of_every_script_stay() -> None:
    """A name is looked for as its bearer writes it."""
    assert document_file(pair_of("jürgen@bücher.example", "दीपा@उदाहरण.example")) == (
        "jürgen@bücher.example--दीपा@उदाहरण.example.md"
    )


@pytest.mark.parametrize(
    ("character", "written"),
    [
        ("/", "%2F"),
        ("%", "%25"),
        ("\\", "%5C"),
        ("*", "%2A"),
        ("?", "%3F"),
        ("#", "%23"),
        ("|", "%7C"),
        (" ", "%20"),
        ("\x00", "%00"),
        ("\n", "%0A"),
        ("\u202e", "%E2%80%AE"),
        ("\u00a0", "%C2%A0"),
        ("\ud800", "%3F"),
    ],
)
def test_what_a_name_cannot_hold_is_written_by_number(character: str, written: str) -> None:
    """Slashes, wildcards, and what can't be seen."""
    assert document_file(pair_of(f"a{character}b@x.org")) == f"a{written}b@x.org--bo@example.com.md"


def test_no_address_leaves_the_folder() -> None:
    """Whatever stands in it, it is one name."""
    name = document_file(pair_of("../../etc/passwd", "/root"))
    assert PurePosixPath(name).parts == (name,)


@pytest.mark.parametrize("letter", ["a", "é", "語", "😀"])
def test_a_very_long_name_is_cut_and_stays_its_own(letter: str) -> None:
    """With what editors put around it, it stays below 255 octets, and two long names stay two."""
    long, other = f"{letter * 220}a@x.org", f"{letter * 220}b@x.org"
    names = {document_file(pair_of(*two)) for two in [(long, other), (other, long), (long, long)]}
    assert len(names) == 3
    assert all(len(f".{name}.kate-swp".encode()) <= 255 and name.endswith(".md") for name in names)


def test_the_longest_name_that_fits_is_not_cut() -> None:
    """One octet more and it is."""
    fits = "a" * (240 - len("@x.org--bo@example.com.md")) + "@x.org"
    assert document_file(pair_of(fits)) == f"{fits}--bo@example.com.md"
    assert document_file(pair_of(f"a{fits}")) != f"a{fits}--bo@example.com.md"


@given(st.tuples(ADDRESSES, ADDRESSES), st.tuples(ADDRESSES, ADDRESSES))
def test_two_pairs_never_share_a_document(one: tuple[str, str], other: tuple[str, str]) -> None:
    """What is said in a 1-2-1 stays there."""
    assert (document_file(pair_of(*one)) == document_file(pair_of(*other))) == (one == other)
