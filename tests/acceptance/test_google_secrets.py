"""What is secret stays so, and what is said in a 1-2-1 stays there: in no output, log, page, export, memory or mirror."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_IMODE
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.acceptance.conftest import Done, onetoone
from tests.acceptance.google_company import ANN, BO, CY, KEY, MAX, ROWS, Company, open_office
from tests.acceptance.google_office import visit
from tests.fake_google import tokens
from tests.fake_google.faults import CUT_SHORT, LOST, UNANSWERED, answered
from tests.fake_google.web import Delivery, Request
from tests.unit.fake_google_worlds import timed

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LOUD = {"ONETOONE_LOG": "json"}
LATER = "2026-12-07T09:00:00+00:00"
FAULTS = (
    answered(401, "authError"),
    answered(403, "forbidden"),
    answered(404, "notFound"),
    answered(503),
    LOST,
    UNANSWERED,
    CUT_SHORT,
)


@dataclass
class Search:
    """Looks through all that was said, and every file of an office, for words that must be in none of them."""

    office: Path
    but: tuple[str, ...]
    said: list[str] = field(default_factory=list)

    def hear(self, *done: Done) -> None:
        """Take in what commands said."""
        self.said += [text for each in done for text in (each.out, each.err)]

    def places(self) -> Iterator[tuple[str, bytes]]:
        """Yield everything, by its place."""
        yield "what was said", "\n".join(self.said).encode()
        for path in sorted(self.office.rglob("*")):
            name = str(path.relative_to(self.office))
            if path.is_file() and name not in self.but:
                yield name, name.encode() + path.read_bytes()

    def check(self, *words: str) -> None:
        """Find none of the words, and nothing that looks like a token, anywhere."""
        places = list(self.places())
        assert len(places) > 5
        assert len(places[0][1]) > 500
        for name, content in places:
            assert not [word for word in words if word.encode() in content], name
            assert not re.search(rb"ya29\.|1//|4/fake|Bearer |eyJ[\w-]+\.eyJ|PRIVATE KEY", content), name


def loudly(company: Company, *arguments: str) -> Done:
    """Run a command, as loud as it can be, for machines."""
    return company.call(*arguments, "--verbose", env=LOUD)


def test_a_key_and_its_tokens_are_nowhere(tmp_path: Path) -> None:
    """Whatever fails: doctor and plan with nothing that works, the job with some of it."""
    with open_office(tmp_path / "office") as company:
        key = json.loads((company.root / "config" / KEY).read_text())["private_key"]
        search = Search(company.root, but=(f"config/{KEY}",))
        for number, fault in enumerate(FAULTS):
            company.fake.faults.add(fault)
            search.hear(loudly(company, "doctor" if number % 2 else "plan"))
            company.fake.faults.clear()
            company.fake.expire_tokens()
            company.fake.faults.at_random({fault: 0.3}, seed=number)
            search.hear(loudly(company, "run", "--format", "json"))
            company.fake.faults.clear()
        company.fake.delegate([])
        search.hear(loudly(company, "run"), loudly(company, "doctor"))
        search.check(*(line for line in key.splitlines() if len(line) > 20))


def test_one_persons_sign_in_does_the_job_and_is_nowhere_but_in_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An app of one manager's own: her pairs are placed, her documents kept; her tokens are in one file, for her alone."""
    codes: list[str] = []

    def browse(address: str) -> bool:
        codes.extend(parse_qs(urlsplit(visit(address)).query).get("code", []))
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    with open_office(tmp_path / "office") as company:
        signed_in_as_ann(company)
        search = Search(company.root, but=(f"config/{KEY}", "state/google-token.json"))
        search.hear(loudly(company, "auth", "login"))
        for number, fault in enumerate(FAULTS):
            company.fake.faults.at_random({fault: 0.3}, seed=number)
            search.hear(loudly(company, "run"))
            company.fake.faults.clear()
            company.fake.expire_tokens()
        search.hear(company.call("run"))
        assert sorted(mail.to for mail in company.fake.mails) == [BO, CY]
        assert {entry.user for entry in company.fake.log} == {ANN, ""}
        search.hear(
            loudly(company, "auth", "status"), onetoone("run", "--verbose", *company.config, env=LOUD)
        )
        token = company.root / "state" / "google-token.json"
        assert S_IMODE(token.stat().st_mode) == 0o600
        kept = json.loads(token.read_text())
        assert codes
        search.check(tokens.CLIENT_SECRET, kept["access_token"], kept["refresh_token"], *codes)


def signed_in_as_ann(company: Company) -> None:
    """Leave Ann and her reports on the roster, and let the config name an app of her own."""
    company.fake.client_secrets_file(company.root / "config" / KEY)
    company.fake.tokens.consenting = ANN
    people = company.root / "config" / "people.csv"
    header, *_ = people.read_text().splitlines()
    people.write_text(
        "\n".join([header, *(row for row in ROWS if f",{ANN}," in row or row.startswith(ANN)), ""])
    )


WORDS = {
    "summary": "Zebra about a salary",
    "description": "Quagga with a long story",
    "location": "Okapi room, third floor",
}
AGREED, NOTE = "Bo: tell Ann about the giraffe", "Heard that the tapir is ill"


@pytest.mark.parametrize("more", ["", "full_reports = true"])
def test_what_meetings_are_about_is_never_asked_for_and_what_is_agreed_stays_in_the_document(
    tmp_path: Path, more: str
) -> None:
    """Titles, texts and places of events are in no answer of Google's; notes and follow-ups in no file of ours."""
    with open_office(tmp_path / "office") as company:
        company.settle(more=more)
        full_days(company)
        told = answers(company)
        search = Search(company.root, but=(f"config/{KEY}",))
        search.hear(*(loudly(company, *command) for command in (("doctor",), ("run", "--format", "json"))))
        people = company.files.people
        (document,) = people.documents("1-2-1: Ann Archer and Bo Berg")
        people.fill_box(document, AGREED)
        people.append(document, NOTE)
        for command in (("plan", "--format", "json"), ("run",), ("report", "--format", "html"), ("export",)):
            where = ("--output", str(company.root / "out")) if command == ("export",) else ()
            search.hear(company.call(*command, *where, "--verbose", now=LATER, env=LOUD))
        assert AGREED in "\n".join(people.text_of(document)).split("26 November")[0]  # taken up
        agenda = company.call("agenda", ANN, BO, now=LATER)
        assert AGREED in agenda.out  # the two may read it
        search.check(*WORDS.values(), "Zebra", "Quagga", "Okapi", AGREED, "giraffe", "tapir")
        calendar = b"".join(body for path, body in told if path.startswith("/calendar/"))
        assert calendar
        assert not [word for word in WORDS.values() if word.encode() in calendar]


def full_days(company: Company) -> None:
    """Give everybody meetings that say what they are about: alone, of two, of many, split, broken, and an absence."""
    people = company.fake.people
    two = [{"email": who, "responseStatus": "accepted"} for who in (MAX, ANN)]
    weekly = {"recurrence": ["RRULE:FREQ=WEEKLY"], **timed("2026-11-02", "15:00", "15:30")}
    broken = ["RRULE:FREQ=WEEKLY", "EXRULE:FREQ=MONTHLY"]
    for who in (ANN, BO, CY, MAX):
        people.create_event(who, **WORDS, **timed("2026-11-25", "11:00", "12:00"))
        people.create_event(who, **WORDS, **timed("2026-11-30", "00:00", "23:59"), eventType="outOfOffice")
        people.create_event(
            who, **WORDS, **{**weekly, "recurrence": broken}, attendees=[{"email": "zo@client.example"}]
        )
    series = people.create_event(ANN, **WORDS, **weekly, attendees=two)
    people.split_series(ANN, f"{series}_20261123T150000Z", summary=WORDS["summary"] + " again")


def answers(company: Company) -> list[tuple[str, bytes]]:
    """Return all that Google answers from now on, with the path that was asked for."""
    told: list[tuple[str, bytes]] = []
    server = company.fake._web._server  # noqa: SLF001 - nobody else sees answers as they are sent
    serve = server.serve

    def overheard(request: Request) -> Delivery:
        delivery = serve(request)
        if delivery.answer is not None:
            told.append((request.path, delivery.answer.body))
        return delivery

    server.serve = overheard
    return told
