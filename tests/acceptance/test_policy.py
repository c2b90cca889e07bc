"""`onetoone policy`: which rule decides how often two people meet, asked of the real command."""

import json
import re
import shutil
from pathlib import Path

from scheduler.config import load_config
from tests.acceptance.conftest import LEAST, ROOT, add_settings, assert_clear, bytes_of, called, config

PEOPLE = """email,name,manager,timezone,start_date,level,country,aliases
ann@example.com,Ann Archer,,Europe/London,,,,boss@example.com
bo@example.com,Bo Berg,ann@example.com,Europe/Berlin,2026-11-02,Director,DE,
"""
JOINERS = """
[[cadence.rules]]
name = "new joiners"
joined_within = "90 days"
every = "1 week"
first_minutes = 60
first_within = "1 week"
"""
LEADERS = """
[[cadence.rules]]
name = "leaders"
column = "level"
is = "director"
every = "1 month"
"""
JSON_KEYS = [
    *("version", "generated_at", "manager", "report", "cadence", "minutes", "rule", "why", "first_minutes"),
    *("first_by", "starts", "ends", "rules", "becomes"),
]


def with_rules(office: Path, *rules: str) -> Path:
    """Give an office these rules, and people with a level."""
    (office / "config" / "people.csv").write_text(PEOPLE)
    add_settings(office, "".join(rules))
    return office


def test_the_answer_comes_first_and_nothing_is_written(office: Path) -> None:
    """Whoever asks by an alias, in capitals too, gets the same; no file is made or changed."""
    with_rules(office, JOINERS, LEADERS)
    before = bytes_of(office)
    done = called("policy", "Boss@example.com", "bo@example.com", *config(office))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Ann Archer and Bo Berg meet every week, for 30 minutes.\n")
    assert "From Sun 31 Jan on: every month, by the rule 'leaders': the level of Bo is" in done.out
    assert bytes_of(office) == before


def test_no_calendar_is_read(office: Path) -> None:
    """It answers where every calendar is broken or gone, too; only the folder must be there."""
    with_rules(office, LEADERS)
    shutil.rmtree(office / "calendars")
    (office / "calendars").mkdir()
    done = called("policy", "ann@example.com", "bo@example.com", *config(office), "--format", "json")
    assert (done.code, done.err, json.loads(done.out)["rule"]) == (0, "", "leaders")


def test_json_is_for_scripts_and_goes_where_it_is_sent(office: Path) -> None:
    """Every key of docs/how-often.md, in its order."""
    with_rules(office, JOINERS, LEADERS)
    told = office / "policy.json"
    done = called(
        "policy", "ann@example.com", "bo@example.com", *config(office), "--format", "json", "--output", told
    )
    assert (done.code, done.out) == (0, "")
    found = json.loads(told.read_text())
    assert list(found) == JSON_KEYS
    assert (found["cadence"], found["rule"], found["first_minutes"]) == ("1 week", "new joiners", 60)
    assert [each["from"] for each in found["becomes"]] == ["2027-01-31"]
    page = (ROOT / "docs" / "how-often.md").read_text()
    assert all(f"`{key}`" in page for key in JSON_KEYS[2:])


def test_who_is_no_pair_is_told_as_for_an_agenda(office: Path) -> None:
    """Exit code 2, and whom to name."""
    people = ("bo@example.com", "ann@example.com"), ("ann@example.com", "cy@example.com")
    for manager, report in people:
        done = called("policy", manager, report, *config(office))
        assert_clear(done, 2)
        assert done.err == called("agenda", manager, report, *config(office)).err


def test_every_fault_of_the_rules_is_told_at_once(office: Path) -> None:
    """With file and line, before anything else is done."""
    with_rules(office, LEADERS.replace("level", "levels"), JOINERS, JOINERS)
    done = called("policy", "ann@example.com", "bo@example.com", *config(office))
    assert_clear(
        done,
        2,
        "onetoone.toml:12: the rule 'leaders' looks at the column 'levels', which the roster has not",
        "onetoone.toml:24: the rule 'new joiners' has the name of another; give each its own",
    )


def test_the_page_shows_what_the_command_says(tmp_path: Path) -> None:
    """The example is the agreed rendering, and each piece of config on the page is one that loads."""
    page = (ROOT / "docs" / "how-often.md").read_text()
    assert (ROOT / "tests" / "golden" / "policy_joiner.txt").read_text() in page
    shown = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(shown) == 4
    (tmp_path / "calendars").mkdir()
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "people.csv").write_text(PEOPLE)
    for rules in shown:
        (tmp_path / "config" / "onetoone.toml").write_text(LEAST + rules)
        assert load_config(tmp_path / "config").settings.cadence.rules


def test_the_gap_report_and_the_plan_go_by_it(office: Path) -> None:
    """A joiner is planned weekly, and the reason names the rule."""
    with_rules(office, JOINERS, LEADERS)
    report = json.loads(called("report", *config(office), "--format", "json").out)["pairs"][0]
    assert report["cadence"] == "1 week"
    assert report["cadence_why"].startswith("Every week, by the rule 'new joiners': the first 90 days of Bo")
    (change, *_) = json.loads(called("plan", *config(office), "--format", "json").out)["changes"]
    assert change["rrule"].startswith("FREQ=WEEKLY;INTERVAL=1;")
