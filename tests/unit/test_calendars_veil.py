"""The veil: addresses are told again to whoever knows them, and to nobody else."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars.veil import Veil

_ADDRESSES = st.emails() | st.text(min_size=1)


@given(st.sets(_ADDRESSES), st.sets(_ADDRESSES), st.binary(min_size=16, max_size=16))
def test_those_that_are_known_are_told_again_and_others_are_somebody(
    known: set[str], others: set[str], secret: bytes
) -> None:
    """Case does not matter; somebody is the same person each time, and nobody who is known."""
    veil = Veil(secret, known)
    for address in known:
        assert veil.tell(veil.hide(address)) == address.lower()
    lower = {address.lower() for address in known}
    for address in {each.lower() for each in others} - lower:
        told = veil.tell(veil.hide(address))
        assert told == veil.tell(veil.hide(address))
        assert told not in lower
        assert told.endswith("@somebody.invalid")


def test_what_is_hidden_by_one_word_is_not_found_by_another() -> None:
    """A mirror that was begun anew knows nothing of the one before."""
    hidden = Veil(b"one").hide("ana@example.com")
    assert Veil(b"one", ["Ana@Example.com"]).tell(hidden) == "ana@example.com"
    assert Veil(b"two", ["ana@example.com"]).tell(hidden) == f"{hidden}@somebody.invalid"
    assert "ana" not in hidden


def test_where_there_is_no_address_nothing_is_hidden() -> None:
    """And what looks like no text, as of a broken file, is hidden all the same."""
    veil = Veil(b"word")
    assert veil.hide("") == ""
    assert veil.hide("a\udcff@example.com") != veil.hide("a\udcfe@example.com")
