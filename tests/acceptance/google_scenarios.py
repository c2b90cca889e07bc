"""Mornings on which the job has work to do at Google; between them they make every kind of request that it knows."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.acceptance.conftest import NOW, Done
from tests.acceptance.google_company import (
    ANN,
    BO,
    CY,
    FIN,
    MAX,
    Company,
    Saved,
    instance_of,
    open_office,
    seen,
    series_of,
    write_roster,
)
from tests.fake_google.calendars.store import Mail
from tests.fake_google.calls import Json
from tests.fake_google.faults import answered

TOMORROW = "2026-11-24T09:00:00+00:00"
LATER = "2026-12-07T09:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Morning:
    """An office before a run at some moment: where it comes to if nothing goes wrong, and what the run asks for."""

    company: Company
    now: str
    before: Saved
    expected: Json
    requests: tuple[str, ...]

    def restored(self, threads: int = 1) -> Company:
        """Return the office as it is that morning; with one thread the same requests come in the same order each time."""
        self.company.restore(self.before)
        self.company.settle(more=f"threads = {threads}")
        return self.company

    def run(self, *arguments: str) -> Done:
        """Run the job once; it may end well, or with something left to do, and with nothing else."""
        done = self.company.call("run", *arguments, now=self.now)
        assert done.code in {0, 4}, done.err
        return done

    def finish(self, told: object = "") -> None:
        """Run the job with nothing in its way, and check that all is as if nothing ever had been.

        But for one thing: an ending that had to be quiet, as its report had been told of a new series in the same run,
        may be told of where it comes about only now. It is news, and one mail a run still: nothing is remembered of it.
        """
        self.company.fake.faults.clear()
        before = Counter(mail.to for mail in self.company.fake.mails)
        done = self.company.call("run", now=self.now)
        assert done.code == 0, done.err
        tonight = Counter(mail.to for mail in self.company.fake.mails) - before
        assert max(tonight.values(), default=0) <= 1, tonight
        late = Counter(self.company.fake.mails) - Counter(self.expected["mails"])
        assert all(mail.kind in {"update", "cancellation"} and before[mail.to] for mail in late), late
        self.check(told, late)

    def check(self, told: object = "", late: Counter[Mail] | None = None) -> None:
        """Check that calendars, documents and mails are those of a run in which nothing went wrong, and late mails."""
        expected = {
            **self.expected,
            "mails": sorted([*self.expected["mails"], *(late or Counter()).elements()]),
        }
        unlike = list(differences(seen(self.company), expected))
        assert not unlike, "\n".join([str(told), *unlike])


def differences(found: Any, expected: Any, where: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield what is not as expected, each with its place."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for name in sorted(found.keys() | expected.keys()):
            yield from differences(found.get(name), expected.get(name), f"{where}/{name}")
    elif found != expected and isinstance(found, list) and isinstance(expected, list):
        yield from (f"{where}: {each} is too much" for each in found if each not in expected)
        yield from (f"{where}: {each} is missing" for each in expected if each not in found)
        yield f"{where}: {len(found)}, not {len(expected)}, or in another order"
    elif found != expected:
        yield f"{where}: {found}, not {expected}"


@contextmanager
def mornings(root: Path) -> Iterator[dict[str, Morning]]:
    """Give each morning; they share one Google, so that each is to be restored before it is used."""
    with open_office(root) as company:
        company.settle(
            more="threads = 1"
        )  # the same requests in the same order, so that a failure comes again
        made = {"first": _morning(company, "first", NOW)}
        _run_without_a_document(company)
        settled = company.save("settled")
        for name, (now, change) in _CHANGES.items():
            company.restore(settled)
            change(company)
            made[name] = _morning(company, name, now)
        yield made


def _run_without_a_document(company: Company) -> None:
    """Let one series be created without an agenda, which a later run then attaches."""
    company.fake.faults.add(answered(403, "storageQuotaExceeded"), method="drive.files.create", user=MAX)
    done = company.call("run")
    assert done.code == 4, done.err
    company.fake.faults.clear()


def _people_move_on(company: Company) -> None:
    """One report gets another manager, and one leaves, before their series have begun: these are deleted."""
    write_roster(company, f"{BO},Bo Berg,{MAX},Europe/Berlin,Mon-Fri 09:00-17:30,,", without=CY)


def _weeks_later(company: Company) -> None:
    """Series that run are ended, one of them around a date that people moved; agendas are taken up from last time."""
    series, people = series_of(company, ANN, CY), company.files.people
    company.fake.people.move_instance(
        ANN, instance_of(company, ANN, series, 2), datetime(2027, 1, 26, 15, tzinfo=UTC)
    )
    (document,) = people.documents("1-2-1: Ann Archer and Bo Berg")
    people.fill_box(document, "Bo: write up the outage")
    people.fill_box(document, "Ann: ask finance about the monitor")
    people.tick(document, "Ann: ask finance about the monitor")
    write_roster(
        company,
        f"{CY},Cy Cole,{ANN},America/New_York,Mon-Fri 08:00-17:00,2027-01-08,",
        f"{FIN},Fin Fox,{ANN},Europe/London,Mon-Fri 09:00-17:30,,",
    )


_CHANGES: dict[str, tuple[str, Callable[[Company], None]]] = {
    "moved on": (TOMORROW, _people_move_on),
    "later": (LATER, _weeks_later),
}


def _morning(company: Company, name: str, now: str) -> Morning:
    before = company.save(name)
    company.fake.log.clear()
    done = company.call("run", now=now)
    assert done.code == 0, done.err
    requests = tuple(entry.method for entry in company.fake.log)
    expected = seen(company)
    company.restore(before)
    return Morning(company, now, before, expected, requests)
