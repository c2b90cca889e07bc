"""Wrong usage, a file that is no plan, a bug of ours: a sentence each, and the right exit code."""

from pathlib import Path

import pytest

from tests.acceptance.conftest import assert_clear, bytes_of, calendar_file, called, config

WRONG_USAGE = {
    "no offset": (
        ("report", "--now", "2026-11-23T09:00:00"),
        "--now: '2026-11-23T09:00:00' is not a time with",
    ),
    "no time": (("plan", "--now", "tomorrow"), "--now: 'tomorrow' is not a time with an offset"),
    "unknown manager": (("report", "--manager", "zoe@example.com"), "nobody on the roster has the address"),
    "no manager": (("report", "--manager", "bo@example.com"), "bo@example.com has no reports on the roster"),
    "no pair": (
        ("agenda", "bo@example.com", "ann@example.com"),
        "name the manager first, then the report",
    ),
    "unknown report": (("agenda", "ann@example.com", "zoe@example.com"), "REPORT: nobody on the roster"),
    "no meeting": (("agenda", "ann@example.com", "bo@example.com"), "is planned; onetoone plan shows"),
    "unknown person": (("export", "--person", "zoe@example.com"), "--person: nobody on the roster"),
    "no plan": (("apply", "missing.json"), "missing.json: cannot be read (No such file or directory)"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG_USAGE.values(), ids=WRONG_USAGE)
def test_wrong_usage_is_one_sentence(office: Path, arguments: tuple[str, ...], told: str) -> None:
    """Exit code 2, and no file is touched."""
    before = bytes_of(office)
    clock = {"now": None} if "--now" in arguments else {}
    done = called(*arguments, *config(office), **clock)
    assert_clear(done, 2, told)
    assert done.out == ""
    assert bytes_of(office) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "it is no plan"),
        ("[]", "it is no plan"),
        ("{}", "`version`: field required"),
        ('{"version": 2}', "it is a plan of version 2, and this onetoone reads version 1"),
        ('{"version": 1, "changes": [{}]}', "`changes.0.kind`: field required"),
    ],
)
def test_a_file_that_is_no_plan_is_not_applied(office: Path, content: str, told: str) -> None:
    """Every problem of it is said, with how to make a plan."""
    path = office / "plan.json"
    path.write_text(content)
    before = bytes_of(office)
    assert_clear(called("apply", path, *config(office)), 2, told, "onetoone plan --format json")
    assert bytes_of(office) == before


def test_a_bug_of_ours_is_one_line(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to do to see the trace, and `--verbose` does show it."""

    def broken(*_: object) -> None:
        msg = "no such\nthing"
        raise RuntimeError(msg)

    monkeypatch.setattr("scheduler.job.make_plan", broken)
    done = called("plan", *config(office))
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert "RuntimeError: no such thing" in done.err
    assert "--verbose" in done.err
    assert "Traceback" in called("plan", *config(office), "--verbose").err


def test_all_that_is_wrong_is_seen_on_one_doctors_round(office: Path) -> None:
    """Openers, template, memory and calendars, each with its remedy, in one go."""
    (office / "config" / "openers.md").write_bytes(b"\xff\xfe")
    (office / "config" / "agenda.md").write_text("{% for one in %}")
    (office / "state").mkdir()
    (office / "state" / "onetoone.sqlite3").write_bytes(b"garbage " * 200)
    calendar_file(office, "bo").write_text("gone")
    done = called("doctor", *config(office))
    assert done.code == 2, done.err
    for told in ("openers.md: it can't be read", "the template does not work", "the database is damaged"):
        assert done.out.count(told) == 1
    assert "bo@example.com.ics: it is not a whole iCalendar file" in done.out
