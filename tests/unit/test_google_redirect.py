"""Where the browser comes back to: what is taken for an answer, from whom, and for how long."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from scheduler.errors import WrongUsage
from scheduler.google.redirect import Redirect, code_in
from scheduler.google.trouble import SignInFailed

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def redirect() -> Iterator[Redirect]:
    """Give an open door."""
    with Redirect() as door:
        yield door


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("http://127.0.0.1:1/?state=s&code=4%2F0abc", "4/0abc"),
        ("  http://127.0.0.1:1/?code=4/0abc&state=s&scope=x \n", "4/0abc"),
        ("/?state=s&code=4/0abc", "4/0abc"),
        ("4/0abc-DEF_g", "4/0abc-DEF_g"),
        ("/?state=other&code=4/0abc", None),
        ("/?code=4/0abc", None),
        ("/?state=s&state=other&code=4/0abc", None),
        ("/?state=s", None),
        ("http://[/?state=s&code=4/0abc", None),
        ("what shall I paste", None),
        ("abc", None),
        ("", None),
    ],
)
def test_what_is_taken_for_an_answer(text: str, code: str | None) -> None:
    """An address of this very sign-in, or a bare code; nothing else."""
    assert code_in(text, "s") == code


def test_a_refusal_counts_only_with_its_state() -> None:
    """Nobody else's page can end the sign-in."""
    assert code_in("/?error=access_denied&state=other", "s") is None
    with pytest.raises(SignInFailed) as error:
        code_in("/?error=access_denied&state=s", "s")
    assert error.value.what == "consent was refused in the browser"


def test_the_browser_is_thanked_and_its_code_taken(redirect: Redirect) -> None:
    """What comes before it without a code, or from elsewhere, changes nothing."""
    with pytest.raises(HTTPError) as missing:
        urlopen(f"{redirect.uri}favicon.ico", timeout=5)  # noqa: S310 - our own door
    missing.value.close()
    for query in ("?state=other&code=4/wrong", "?state=s&code=4/right"):
        with urlopen(redirect.uri + query, timeout=5) as page:  # noqa: S310 - our own door
            assert b"You may close this page" in page.read()
            assert page.headers["Referrer-Policy"] == "no-referrer"
    assert redirect.code("s", pasted=None, patience=5) == "4/right"


def test_a_code_can_be_pasted_in_pieces(redirect: Redirect) -> None:
    """Lines count when they are whole, or when nothing more can come."""
    reader, writer = os.pipe()
    os.write(writer, b"no\n\xff\n/?state=s&co")
    os.write(writer, b"de=4/pasted")
    os.close(writer)
    assert redirect.code("s", pasted=reader, patience=5) == "4/pasted"
    os.close(reader)


def test_nobody_answers(redirect: Redirect) -> None:
    """Neither in the browser nor at an input that has ended: then it is given up."""
    with Path(os.devnull).open("rb") as nothing, pytest.raises(SignInFailed) as error:
        redirect.code("s", pasted=nothing.fileno(), patience=0.5)
    assert error.value.what == "nobody consented within 0 minutes"


def test_a_port_that_is_taken_is_wrong_usage(redirect: Redirect) -> None:
    """Its number is named."""
    with pytest.raises(
        WrongUsage, match=rf"--port: port {redirect.port} of 127\.0\.0\.1 can't be listened on"
    ):
        Redirect(redirect.port)
