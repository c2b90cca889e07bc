"""Values of settings, and guesses at what was meant."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.config.values import duration, loopback
from scheduler.wording import Fault, did_you_mean, fault_of, nearest, quoted
from scheduler.words import spoken

_ANY = duration(timedelta(0), timedelta(weeks=9_999), "12 weeks")


@given(st.integers(0, 9_999), st.sampled_from(["minute", "hour", "day", "week"]))
def test_a_length_of_time_is_spoken_as_it_is_read(count: int, unit: str) -> None:
    """In the largest unit that fits, it is the same length."""
    length = _ANY(f"{count} {unit}s")
    assert _ANY(spoken(length)) == length


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:4901/", "http://localhost:1", "https://[::1]:1", "http://127.9.9.9"]
)
def test_this_machine_has_several_addresses(address: str) -> None:
    """All of loopback is this machine."""
    assert loopback(address) == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:4901",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1 .example.com",
        "http://localhost.example.com",
    ],
)
def test_other_machines_are_refused(address: str) -> None:
    """What only looks like this machine is not."""
    with pytest.raises(Fault):
        loopback(address)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Job", "job"),
        ("ojb", "job"),
        ("lok_back", "look_back"),
        ("look-back", "look_back"),
        ("zzz", None),
        ("", None),
    ],
)
def test_the_near_name_is_found(word: str, meant: str | None) -> None:
    """Capitals, two letters swapped, one missing; nothing where nothing is near."""
    assert nearest(word, ["job", "look_back", "state"]) == meant


def test_nothing_near_is_no_sentence() -> None:
    """A wrong guess helps less than none."""
    assert did_you_mean("stat", ["state"]) == "did you mean 'state'?"
    assert did_you_mean("zzz", ["state"]) == ""


def test_long_values_are_cut_in_sentences() -> None:
    """A cell may hold a novel."""
    assert quoted("x" * 500) == f"'{'x' * 58}…'"


def test_a_sentence_without_a_remedy_is_all_fault() -> None:
    """A plain ValueError of `what; what to write` is taken apart, any other is kept whole."""
    assert (fault_of(ValueError("a")).what, fault_of(ValueError("a")).remedy) == ("a", "")
    assert (fault_of(ValueError("a; b; c")).what, fault_of(ValueError("a; b; c")).remedy) == ("a; b", "c")
