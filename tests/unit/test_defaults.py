"""What is shipped: the commented config loads, says the true defaults, and every key is documented."""

import errno
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler import shipped
from scheduler.config import load_config
from scheduler.config.schema import REQUIRED, RULES, SECTIONS, TABLES
from scheduler.errors import BadConfig, WriteFailed
from scheduler.every import Cadence
from scheduler.init import write_defaults
from scheduler.roster.table import COLUMNS
from scheduler.settings import GoogleSettings, Settings
from scheduler.shipped import SHIPPED, default_file
from tests.unit.config_builders import LEAST, loaded

PROJECT = Path(__file__).parents[2]
NO_DEFAULT = {
    "roster.timezone",
    "slots.weights",
    "documents.url",
    "documents.provider",
    "google.credentials",
    "google.subject",
    "google.endpoint",
}


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for the checkout, so that the tests hold whatever is in the real one."""
    package = tmp_path / "checkout" / "scheduler"
    package.mkdir(parents=True)
    (package.parent / "config").mkdir()
    for name in SHIPPED:
        (package.parent / "config" / name).write_text(f"{name} of the checkout", encoding="utf-8")
    monkeypatch.setattr(shipped, "files", lambda _name: package)
    return package


def test_a_checkout_ships_its_config_folder(sources: Path) -> None:
    """Nothing is copied by hand; an installed package holds the files inside, and those are preferred."""
    assert default_file("agenda.md") == "agenda.md of the checkout"
    (sources / "defaults").mkdir()
    (sources / "defaults" / "agenda.md").write_text("agenda.md of the wheel", encoding="utf-8")
    assert default_file("agenda.md") == "agenda.md of the wheel"
    assert default_file("people.csv") == "people.csv of the checkout"


def test_only_shipped_files_are_defaults() -> None:
    """A name with a path in it leads nowhere."""
    with pytest.raises(KeyError):
        default_file("../pyproject.toml")


@pytest.mark.usefixtures("sources")
def test_init_writes_what_is_missing_and_keeps_the_rest(tmp_path: Path) -> None:
    """Nothing is overwritten, also where it is a dangling link; a second call writes nothing."""
    config = tmp_path / "deep" / "config"
    config.mkdir(parents=True)
    (config / "people.csv").write_text("mine", encoding="utf-8")
    (config / "agenda.md").symlink_to(tmp_path / "nowhere")
    first = write_defaults(config)
    assert [path.name for path in first.written] == ["onetoone.toml", "openers.md"]
    assert [path.name for path in first.kept] == ["people.csv", "agenda.md"]
    assert (config / "people.csv").read_text(encoding="utf-8") == "mine"
    assert (config / "onetoone.toml").read_text(encoding="utf-8") == "onetoone.toml of the checkout"
    assert write_defaults(config).written == ()
    assert [path.name for path in write_defaults(tmp_path / "new").written] == list(SHIPPED)


@pytest.mark.usefixtures("sources")
def test_init_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the way, and a full disk, are one sentence each."""
    (tmp_path / "file").touch()
    with pytest.raises(
        WriteFailed, match=r"onetoone\.toml: it can't be written \(File exists\); choose a folder"
    ):
        write_defaults(tmp_path / "file")

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("scheduler.init.replace_file", full)
    with pytest.raises(WriteFailed, match="the disk is full; make room"):
        write_defaults(tmp_path / "config")


def test_the_shipped_config_lacks_only_calendars(tmp_path: Path) -> None:
    """After `init`, the first and only problem is the folder of calendars; with it, the sample roster loads."""
    config = tmp_path / "config"
    config.mkdir()
    for name in ("onetoone.toml", "people.csv"):
        (config / name).write_text(default_file(name), encoding="utf-8")
    with pytest.raises(BadConfig) as refused:
        load_config(config)
    assert [problem.what for problem in refused.value.problems] == [
        f"there is no folder {tmp_path / 'calendars'}"
    ]
    (tmp_path / "calendars").mkdir()
    found = load_config(config)
    assert found.warnings == ()
    assert len(found.roster.people) == 4
    assert all(address.endswith("@example.com") for address in found.roster.people)


def test_the_shipped_config_shows_every_key_with_its_default(tmp_path: Path) -> None:
    """Taking all the `#` away changes nothing: what the comments call the default is it."""
    shown = re.sub(r"^#(?=\w+ = |\[google\])", "", default_file("onetoone.toml"), flags=re.MULTILINE)
    tables = tomllib.loads(shown)
    tables["cadence"]["rules"] = "as the next test has them"
    assert {name: set(keys) for name, keys in tables.items() if name != "version"} == {
        name: set(model.model_fields) for name, model in SECTIONS.items()
    }
    lines = [
        line
        for line in shown.splitlines()
        if not re.match(r"(timezone|url|credentials|subject|endpoint) =", line)
    ]
    assert loaded(tmp_path, "\n".join(lines)).settings == _with_google(loaded(tmp_path).settings)


def test_the_recommended_rules_work_once_they_are_let_in(tmp_path: Path) -> None:
    """Taking `#  ` away gives the rules for how often: for new joiners the first in week one and weekly then."""
    text = re.sub(r"^#  (?=\S)", "", default_file("onetoone.toml"), flags=re.MULTILINE)
    joiners, small = loaded(tmp_path, text).settings.cadence.rules
    assert (joiners.joined_within, joiners.first_within) == (timedelta(days=90), timedelta(weeks=1))
    assert (joiners.every, joiners.first_minutes, small.every, small.span_up_to) == (
        Cadence.parse("1 week"),
        60,
        Cadence.parse("1 week"),
        6,
    )


def test_every_key_is_documented_with_its_default(tmp_path: Path) -> None:
    """The page has a table for each table of the file, a row for each key, and the defaults are true."""
    documented = dict(_documented())
    keys = {f"{table}.{key}" for table, model in TABLES.items() for key in model.key_names()}
    assert set(documented) == keys
    toml = LEAST
    for section, model in TABLES.items():
        if section not in {"calendars", "cadence", RULES}:
            told = [key for key in model.model_fields if f"{section}.{key}" not in NO_DEFAULT]
            toml += f"[{section}]\n" + "".join(f"{key} = {documented[f'{section}.{key}']}\n" for key in told)
    assert loaded(tmp_path, toml).settings == _with_google(loaded(tmp_path).settings)
    assert documented["cadence.tolerance"] == str(loaded(tmp_path).settings.cadence.tolerance)
    assert {key for key in keys if documented[key].startswith("required")} == {
        key for key in REQUIRED if "." in key
    }


def test_every_column_is_documented() -> None:
    """The roster's table has the columns that are read, in their order."""
    page = (PROJECT / "docs" / "configuration.md").read_text(encoding="utf-8")
    _, _, roster = page.partition("## The roster")
    assert tuple(re.findall(r"^\| `(\w+)` \|", roster, re.MULTILINE)) == COLUMNS


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("crontab", r"^15 6 \* \* 1-5  \S+/onetoone run >"),
        ("onetoone.service", r"^ExecStart=\S+/onetoone run$"),
        ("kubernetes-cronjob.yaml", r'^ +command: \["onetoone", "run"\]$'),
    ],
)
def test_every_schedule_calls_the_one_command(name: str, call: str) -> None:
    """Whatever starts it, it is `onetoone run`, once, with the config named."""
    text = (PROJECT / "cron" / name).read_text(encoding="utf-8")
    assert len(re.findall(call, text, re.MULTILINE)) == 1
    assert "ONETOONE_CONFIG" in text
    assert "\t" not in text


def test_schedules_do_not_overlap_and_hold_no_rights() -> None:
    """What the files promise stands in them."""
    cron = PROJECT / "cron"
    manifest = (cron / "kubernetes-cronjob.yaml").read_text(encoding="utf-8")
    service = (cron / "onetoone.service").read_text(encoding="utf-8")
    for promise in ("concurrencyPolicy: Forbid", "runAsNonRoot: true", "readOnlyRootFilesystem: true"):
        assert promise in manifest
    for promise in ("ProtectSystem=strict", "NoNewPrivileges=yes", "DynamicUser=yes", "SuccessExitStatus=6"):
        assert promise in service.splitlines()
    assert "Persistent=yes" in (cron / "onetoone.timer").read_text(encoding="utf-8")


def _with_google(found: Settings) -> Settings:
    """Add an empty [google], which a config has that shows its keys."""
    return replace(found, google=GoogleSettings())


def _documented() -> Iterator[tuple[str, str]]:
    """Yield each documented key with what its column `default` says."""
    page = (PROJECT / "docs" / "configuration.md").read_text(encoding="utf-8")
    for section, body in re.findall(
        r"^## `\[\[?([\w.]+)\]\]?`\n(.*?)(?=^## )", page, re.MULTILINE | re.DOTALL
    ):
        for key, default in re.findall(r"^\| `(\w+)` \| (.*?) \|", body, re.MULTILINE):
            yield f"{section}.{key}", default.strip("`")
