"""The sample organisation with its calendars and documents at Google: the whole job, by the real command.

What the folder's calendars say and what Google's say about the same people must lead to the same; where it does
not, the reason stands beside it.
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.config import load_config
from scheduler.demo.make import make_demo
from tests.acceptance.conftest import NOW, Done, bytes_of, called, onetoone
from tests.acceptance.google_company import Company, file_id, open_company
from tests.fake_google.calls import Json
from tests.fake_google.from_ics import Folder, read_folder, tell
from tests.fake_google.log import Entry

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
AISHA, TOMAS, MAYA = (f"{name}@lantern.example" for name in ("aisha.khan", "tomas.lindqvist", "maya.chen"))
VIKRAM, YUSUF, UMA, HUGO, KIM = (
    f"{name}@lantern.example" for name in ("vikram.rao", "yusuf.demir", "uma.iyer", "hugo.martin", "kim.park")
)
PLACED_ALONE = (AISHA, YUSUF)
"""Their series can't be read in the folder (its DTSTART is no date), so that nothing is concluded; Google can't hold
such an event, so that the pair has none and is given one."""
ON_LEAVE = (AISHA, VIKRAM)
"""Vikram is on leave, with a series that goes on: on track by what the two have planned, and so nobody asks Google
when he is taken. With his calendar read in full he is paused."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command: what it said, which requests it made, and what Google held and the disk after it."""

    done: Done
    requests: tuple[Entry, ...]
    state: Json
    disk: dict[str, str]

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """What it wrote."""
        return json.loads(self.done.out)

    def count(self, method: str) -> Counter[str]:
        """Return how many requests of a method there were, by user."""
        return Counter(entry.user for entry in self.requests if entry.method == method)

    @property
    def methods(self) -> set[str]:
        """The methods of its requests, those of sign-in left out."""
        return {entry.method for entry in self.requests} - {"oauth.token"}


@dataclass(frozen=True, slots=True)
class Walk:
    """The same job on the same organisation, at Google step by step, and in a folder: before, run and after."""

    company: Company
    steps: dict[str, Step]
    folder: dict[str, Any]
    left_out: frozenset[str]

    def pairs(self, step: str) -> Iterator[tuple[tuple[str, str], Json, Json]]:
        """Yield each pair with its row in Google's gap report and in the folder's."""
        for ours, theirs in zip(self.steps[step].json["pairs"], self.folder[step]["pairs"], strict=True):
            yield (ours["manager"], ours["report"]), ours, theirs


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Folder]:
    """Give the sample organisation as `onetoone demo` writes it, and what its calendar files say."""
    demo = tmp_path_factory.mktemp("sample") / "demo"
    config = make_demo(demo, datetime.fromisoformat(NOW))
    return demo, read_folder(demo / "calendars", load_config(config).roster.people.values())


@pytest.fixture(scope="module")
def in_folder(sample: tuple[Path, Folder], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what the same job says and does on the calendar files themselves."""
    copy = tmp_path_factory.mktemp("folder") / "lantern"
    shutil.copytree(sample[0], copy)
    commands = {"before": "report", "run": "run", "after": "report"}
    done = {
        name: called(command, "--config", copy / "config", "--format", "json")
        for name, command in commands.items()
    }
    return {name: json.loads(each.out) for name, each in done.items()}


@pytest.fixture(scope="module", params=["free/busy", "in full"])
def walk(
    request: pytest.FixtureRequest,
    sample: tuple[Path, Folder],
    in_folder: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Walk]:
    """Walk through the job, with reports' free/busy alone, and with their calendars read in full."""
    demo, folder = sample
    root = tmp_path_factory.mktemp("google") / "lantern"
    shutil.copytree(demo, root)
    shutil.rmtree(root / "calendars")
    with open_company(root) as company:
        tell(company.fake, folder)
        company.settle(more="full_reports = true" if request.param == "in full" else "")
        steps = {
            "doctor": step(company, "doctor"),
            "before": step(company, "report", "--format", "json"),
            "plan": step(company, "plan", "--format", "json"),
            "run": step(company, "run", "--format", "json"),
            "again": step(company, "run", "--format", "json"),
            "after": step(company, "report", "--format", "json"),
        }
        yield Walk(company, steps, in_folder, folder.left_out)


def step(company: Company, *arguments: str) -> Step:
    """Run a command, and look at what it asked for and what it left."""
    company.fake.log.clear()
    done = company.call(*arguments)
    assert done.code == 0, done.err
    return Step(done, tuple(company.fake.log), company.fake.state(), bytes_of(company.root))


def in_full(walk: Walk) -> bool:
    """Say whether reports' calendars are read in full."""
    return "full_reports" in (walk.company.root / "config" / "onetoone.toml").read_text()


def test_looking_changes_nothing(walk: Walk) -> None:
    """Doctor, report and plan leave Google as it was, and on the disk nothing but the mirror."""
    before = walk.steps["doctor"].state
    for name in ("before", "plan"):
        assert walk.steps[name].state == before
        changed = {
            p for p, digest in walk.steps[name].disk.items() if walk.steps["doctor"].disk.get(p) != digest
        }
        assert {Path(path).name for path in changed} <= {"mirror.sqlite3"}
    assert walk.steps["doctor"].methods | {"calendar.freebusy.query"} == {
        "calendar.events.list",
        "calendar.freebusy.query",
        "drive.files.list",
        "docs.documents.get",  # of a document that is not there: whether Docs answers
    }
    assert [e.status for e in walk.steps["doctor"].requests if e.method == "docs.documents.get"] == [404]
    assert before["mails"] == []


def test_the_plan_is_what_the_run_does(walk: Walk) -> None:
    """Change by change, each of them done."""
    planned, made = walk.steps["plan"].json, walk.steps["run"].json
    assert [change["id"] for change in made["changes"]] == [change["id"] for change in planned["changes"]]
    assert {change["outcome"] for change in made["changes"]} == {"done"}
    assert made["digest"] == planned["digest"]


def test_who_can_be_placed_is_placed_as_in_the_folder(walk: Walk) -> None:
    """The same pairs at the same times: free/busy tells a series' place as well as a whole calendar does."""

    def created(run: Json) -> dict[tuple[str, str], tuple[str, ...]]:
        return {
            (c["manager"], c["report"]): (c["start"], c["timezone"], c["rrule"], str(c["minutes"]))
            for c in run["changes"]
            if c["kind"] == "create_series"
        }

    ours, theirs = created(walk.steps["run"].json), created(walk.folder["run"])
    assert len(ours) == 12
    assert ours.pop(PLACED_ALONE)
    assert ours == theirs
    skipped = {(s["manager"], s["report"]): s["reason"] for s in walk.folder["run"]["skipped"]}
    del skipped[PLACED_ALONE]
    assert {(s["manager"], s["report"]): s["reason"] for s in walk.steps["run"].json["skipped"]} == skipped


@pytest.mark.parametrize("when", ["before", "after"])
def test_every_pair_stands_as_in_the_folder(walk: Walk, when: str) -> None:
    """Status, meetings and numbers; but for the pair whose event Google can't hold, and leave that nobody asked about."""
    assert walk.left_out == {"series-aisha.khan-yusuf.demir@lantern.example"}
    unlike = {pair: (ours["status"], theirs["status"]) for pair, ours, theirs in walk.pairs(when)
              if ours["status"] != theirs["status"]}  # fmt: skip
    alone = "unscheduled" if when == "before" else "at_risk"
    less = {} if in_full(walk) else {ON_LEAVE: ("on_track", "paused")}
    assert unlike == {PLACED_ALONE: (alone, "unknown"), **less}
    for pair, ours, theirs in walk.pairs(when):
        if pair != PLACED_ALONE:
            assert ours["meetings"] == theirs["meetings"]
        if pair not in unlike:
            assert known_of(ours) == known_of(theirs)


def known_of(row: Json) -> Json:
    """Return a row without what only leave tells of a pair that is on track: days off, and meetings to be moved."""
    return {name: value for name, value in row.items() if name not in {"away", "suggestions"}}


def test_leave_is_known_of_everybody_where_calendars_are_read_in_full(walk: Walk) -> None:
    """Out-of-office events of Google's are the days off of the files; free/busy is asked for those in doubt alone."""
    unlike = {pair for pair, ours, theirs in walk.pairs("before") if ours["away"] != theirs["away"]}
    on_leave = {ON_LEAVE, (AISHA, UMA), (TOMAS, HUGO), (MAYA, KIM)}
    assert unlike == (set() if in_full(walk) else on_leave)


def test_each_new_series_has_its_agenda_attached_and_shared(walk: Walk) -> None:
    """The document is the manager's, the report may write in it, and it is the one that hangs on the event."""
    library = walk.company.files.library
    for change in walk.steps["run"].json["changes"]:
        if change["kind"] != "create_series":
            continue
        series = created_event(walk.steps["run"].state, change)
        (attached,) = series["attachments"]
        file = library.files[file_id(attached["fileUrl"])]
        grants = {(grant.grantee, grant.role.wire) for grant in file.grants.values()}
        assert grants == {(change["manager"], "owner"), (change["report"], "writer")}
        assert [guest["email"] for guest in series["attendees"]] == [change["manager"], change["report"]]


def created_event(state: Json, change: Json) -> Json:
    """Return the event of a creation as it stands in the manager's calendar."""
    events = state["calendars"][change["manager"]].values()
    (found,) = [
        event
        for event in events
        if "onetoone" in event.get("extendedProperties", {}).get("private", {})
        and change["report"] in {guest["email"] for guest in event["attendees"]}
    ]
    return dict(found)


def test_one_mail_a_person_and_none_for_an_agenda(walk: Walk) -> None:
    """The invitation; sharing and attaching send none."""
    created = [c for c in walk.steps["run"].json["changes"] if c["kind"] == "create_series"]
    mails = walk.steps["run"].state["mails"]
    assert sorted((mail.to, mail.kind) for mail in mails) == sorted(
        (change["report"], "invitation") for change in created
    )
    assert max(Counter(mail.to for mail in mails).values()) == 1
    assert walk.company.files.mails == []


def test_a_second_run_writes_nothing_anywhere(walk: Walk) -> None:
    """Neither at Google nor on the disk, the mirror and the memory included; it says so."""
    assert walk.steps["again"].state == walk.steps["run"].state
    assert walk.steps["again"].disk == walk.steps["run"].disk
    assert walk.steps["again"].json["changes"] == []


def test_a_second_run_costs_one_request_a_calendar(walk: Walk) -> None:
    """One list of what changed for each calendar that is read, free/busy for those not on track, no document."""
    again, people = walk.steps["again"], load_config(walk.company.root / "config").roster.people.values()
    managers = {person.manager for person in people} - {None}
    read = {person.email for person in people} if in_full(walk) else managers
    assert again.count("calendar.events.list") == dict.fromkeys(read, 1)
    of_times = set() if in_full(walk) else {"calendar.freebusy.query"}
    assert again.methods == {"calendar.events.list"} | of_times
    asked = again.count("calendar.freebusy.query")
    assert sum(asked.values()) == (0 if in_full(walk) else 2)  # 24 weeks, and 90 days a request at most


def test_a_process_of_its_own_says_the_same(walk: Walk) -> None:
    """What the tests call in their own process is what cron starts."""
    done = onetoone("report", "--format", "json", *walk.company.config)
    assert (done.code, json.loads(done.out)) == (0, walk.steps["after"].json)


def test_a_run_asks_no_more_than_it_has_to(walk: Walk) -> None:
    """Two lists for a calendar that was written, one for others; one insertion for each series; no get, no patch."""
    run = walk.steps["run"]
    created = Counter(c["manager"] for c in run.json["changes"] if c["kind"] == "create_series")
    assert run.count("calendar.events.insert") == created
    assert max(run.count("calendar.events.list").values()) == 2
    assert not run.methods & {"calendar.events.get", "calendar.events.patch", "calendar.events.instances"}
    assert run.count("oauth.token").total() == len(run.count("calendar.events.list"))
