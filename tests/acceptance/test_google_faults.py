"""Whatever goes wrong between the job and Google, the end is that of a run in which nothing did.

How many faults are tried says ONETOONE_FAULTS; all kinds on all requests, and as many random mixes, are some ten
minutes (ONETOONE_FAULTS=2000).
"""

import os
from collections.abc import Iterator
from random import Random

import pytest

from tests.acceptance.google_company import CY, FIN, PLACED
from tests.acceptance.google_scenarios import Morning, mornings
from tests.fake_google.faults import (
    CUT_SHORT,
    LOST,
    QUOTA_EXCEEDED,
    UNANSWERED,
    Fault,
    How,
    answered,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
MOST = int(os.environ.get("ONETOONE_FAULTS", "8"))
_STATUSES = ((429, "rateLimitExceeded"), *((status, "backendError") for status in (500, 502, 503, 504)))
_RATES = ((403, "rateLimitExceeded"), (403, "userRateLimitExceeded"))
FAULTS = {
    **{
        f"{status} {reason}{f', {wait} s' if wait else ''}": answered(status, reason, retry_after=wait)
        for status, reason in (*_STATUSES, *_RATES)
        for wait in (None, 3)
    },
    "connection lost before": LOST,
    "connection lost after": UNANSWERED,
    "answer cut short": CUT_SHORT,
    "slow": Fault(How.SLOW, seconds=0.01),
}
ONCE, WHOLE_RUN = "once", "all through the run"


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Morning]]:
    """Give mornings on which there is work to do."""
    with mornings(tmp_path_factory.mktemp("faults") / "office") as made:
        yield made


def test_the_mornings_ask_for_everything_that_the_job_can_ask(every: dict[str, Morning]) -> None:
    """A kind of request that is not among them is a kind that no fault was tried on."""
    assert {method for morning in every.values() for method in morning.requests} == {
        "oauth.token",
        *(f"calendar.events.{name}" for name in ("delete", "get", "insert", "instances", "list", "patch")),
        "calendar.freebusy.query",
        *(f"drive.files.{name}" for name in ("create", "export", "get", "list", "update")),
        "drive.permissions.create",
        *(f"docs.documents.{name}" for name in ("batchUpdate", "get")),
    }


def cases(every: dict[str, Morning]) -> list[tuple[str, str, str, str]]:
    """Return morning, method, fault and how long it lasts: all of them, or a sample that is the same each time."""
    found = [
        (name, method, fault, lasting)
        for name, morning in every.items()
        for method in sorted(set(morning.requests))
        for fault in FAULTS
        for lasting in (ONCE, WHOLE_RUN)
        if not (
            method.startswith("docs.") and fault.startswith("403")
        )  # Docs says 429, and nothing else, for too many
    ]
    Random(20261123).shuffle(found)  # noqa: S311 - the same sample each time
    return found[:MOST]


def test_each_fault_on_each_kind_of_request(every: dict[str, Morning]) -> None:
    """Met once it is got over in the same run; if it lasts, this run says so and the next one ends the work."""
    for name, method, fault, lasting in cases(every):
        told = f"{name}: {fault} at {method}, {lasting}"
        morning = every[name]
        company = morning.restored()
        company.fake.faults.add(FAULTS[fault], method=method, nth={1} if lasting == ONCE else None)
        done = morning.run()
        assert company.fake.faults.drawn, told
        if lasting == ONCE or fault == "slow":
            assert done.code == 0, f"{told}: {done.err}"
        if done.code == 0:
            morning.check(told)
        morning.finish(told)


@pytest.mark.parametrize("seed", range(min(MOST, 200)))
def test_faults_at_random(every: dict[str, Morning], seed: int) -> None:
    """Mixed, on every request, mildly or so that hardly anything comes through, one by one or eight at once."""
    chance = Random(seed)  # noqa: S311 - repeatable on purpose
    morning = every[chance.choice(sorted(every))]
    company = morning.restored(threads=chance.choice([1, 8]))
    badly = chance.random() < 0.5
    kinds = chance.sample(sorted(FAULTS), 6)
    rates = {FAULTS[kind]: (0.12 if badly else 0.04) for kind in kinds}
    company.fake.faults.at_random(rates, seed=seed, in_a_row=12 if badly else 3)
    done = morning.run()
    if done.code == 0:
        morning.check(f"{kinds}: {done.err}")
    morning.finish(f"{kinds}: {done.err}")


def test_a_document_that_cannot_be_read_is_said(every: dict[str, Morning]) -> None:
    """Its agenda waits, and cron's mail says which one and why; all else is done."""
    morning = every["later"]
    company = morning.restored()
    company.fake.faults.add(answered(403, "forbidden"), method="drive.files.export")
    done = morning.run("--quiet")
    assert done.code == 4
    told = (
        "the agenda document of ann@example.com and bo@example.com: Google does not allow it (403 forbidden)"
    )
    assert [line for line in done.err.splitlines() if line.startswith(told)]
    assert (done.err.count("\n"), done.out) == (2, "")
    morning.finish()


def test_a_used_up_allowance_ends_the_invitations_of_a_run_and_nothing_else(
    every: dict[str, Morning],
) -> None:
    """It is not asked again in vain; the rest is done, the sentence says when to come back, and then all is done."""
    morning = every["first"]
    company = morning.restored()
    company.fake.faults.add(QUOTA_EXCEEDED, method="calendar.events.insert", nth=range(2, 100))
    company.fake.log.clear()
    done = morning.run("--format", "json")
    assert done.code == 4
    sentence = (
        "Google takes no more for now: an allowance is used up (403 quotaExceeded); run again in some hours"
    )
    assert [line for line in done.err.splitlines() if sentence in line and "example.com: " in line]
    assert company.fake.log.count("calendar.events.insert") == 2
    assert [mail.to for mail in company.fake.mails] == [PLACED[0][1]]
    company.fake.log.clear()
    morning.finish()
    assert sorted(mail.to for mail in company.fake.mails[1:]) == sorted([CY, FIN])
    assert company.fake.log.count("calendar.events.insert") == 2
