"""What the config says of Google: which tables need it, which credentials fit, and the short form of the roster."""

from pathlib import Path

import pytest

from scheduler.config.settings_file import load_settings
from scheduler.errors import BadConfig
from tests.unit.config_builders import CADENCE, CALENDARS, LEAST, faults, loaded, write_config
from tests.unit.google_builders import CLIENT, KEY, written

AT_GOOGLE = '[calendars]\nprovider = "google"\n' + CADENCE
CREDENTIALS = '[google]\ncredentials = "../secrets/key.json"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a folder with a service account's key and an OAuth client's file."""
    (tmp_path / "secrets").mkdir()
    written(tmp_path / "secrets" / "key.json", KEY)
    written(tmp_path / "secrets" / "client.json", {"installed": CLIENT})
    return tmp_path


def test_calendars_at_google_need_no_folder(root: Path) -> None:
    """Documents are then Google's too, unless the config says otherwise."""
    found = loaded(root, AT_GOOGLE + CREDENTIALS).settings
    assert (found.calendars.provider, found.documents_provider) == ("google", "google")
    assert found.google is not None
    assert found.google.credentials == root / "secrets" / "key.json"
    folder = loaded(root, AT_GOOGLE + '[documents]\nprovider = "folder"\n' + CREDENTIALS).settings
    assert folder.documents_provider == "folder"


@pytest.mark.parametrize(
    ("toml", "line", "which"),
    [
        (AT_GOOGLE, 2, "'provider' of [calendars]"),
        (LEAST + '[documents]\nprovider = "google"\n', 8, "'provider' of [documents]"),
        (AT_GOOGLE + '[google]\nsubject = "a@example.com"\n', 2, "'provider' of [calendars]"),
    ],
)
def test_what_is_at_google_needs_credentials(root: Path, toml: str, line: int, which: str) -> None:
    """It is said which key asks for them, once."""
    (found,) = faults(root, toml)
    assert found == (
        f"onetoone.toml:{line}: {which} is 'google', but [google] has no 'credentials'; "
        'add credentials = "../secrets/service-account.json"; docs/google.md says how to get it'
    )


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("none.json", "there is no such file; docs/google.md says how to get one, or mend 'credentials'"),
        ("bad.json", "this is not JSON; download it anew; docs/google.md says where"),
        (
            "web.json",
            "this is an OAuth client of the type 'Web application'; make one of the type 'Desktop app'",
        ),
    ],
)
def test_credentials_are_looked_at_where_they_are_needed(root: Path, file: str, sentence: str) -> None:
    """With the line that names the file; a config that keeps nothing at Google may name whatever it likes."""
    (root / "secrets" / "bad.json").write_text("x")
    written(root / "secrets" / "web.json", {"web": CLIENT})
    google = f'[google]\ncredentials = "../secrets/{file}"\n'
    assert faults(root, AT_GOOGLE + google) == [
        f"onetoone.toml:7: 'credentials' of [google], ROOT/secrets/{file}: {sentence}"
    ]
    assert loaded(root, LEAST + google).settings.calendars.provider == "folder"


def test_a_faulty_google_table_is_told_once(root: Path) -> None:
    """The credentials may be in it."""
    (found,) = faults(root, AT_GOOGLE + CREDENTIALS + "meet = 1\n")
    assert found.startswith("onetoone.toml:8: 'meet' must be true or false")


def test_the_directory_is_read_as_an_administrator(root: Path) -> None:
    """A service account must be told as whom; one person reads it as themselves."""
    write_config(root, AT_GOOGLE + CREDENTIALS + '[roster]\nsource = "google"\n')
    with pytest.raises(BadConfig) as error:
        load_settings(root / "config")
    assert str(error.value).endswith(
        "onetoone.toml:6: a service account reads the Directory as an administrator, and [google] has no 'subject'; "
        'add subject = "admin@example.com", the address of one who may read users'
    )
    for more in ('subject = "admin@example.com"\n', ""):
        google = CREDENTIALS if more else CREDENTIALS.replace("key.json", "client.json")
        write_config(root, AT_GOOGLE + google + more + '[roster]\nsource = "google"\n')
        assert load_settings(root / "config").roster.source == "google"


@pytest.mark.parametrize("source", ["people.csv", "google"])
def test_the_roster_has_a_short_form(root: Path, source: str) -> None:
    """Above the first table, in place of one."""
    google = CREDENTIALS.replace("key.json", "client.json")
    write_config(root, f'roster = "{source}"\n' + LEAST + google)
    assert load_settings(root / "config").roster.source == source


def test_a_short_form_that_is_none_is_refused(root: Path) -> None:
    """With the names that there are; anything but text must be a table."""
    write_config(root, 'roster = "ldap"\n' + LEAST)
    with pytest.raises(BadConfig, match=r":1: 'source' must be 'people.csv' or 'google', not 'ldap'"):
        load_settings(root / "config")
    write_config(root, "roster = 3\n" + LEAST)
    with pytest.raises(BadConfig, match=r":1: 'roster' must be a table, not 3"):
        load_settings(root / "config")


def test_the_settings_alone_need_no_roster(root: Path) -> None:
    """Signing in comes before there is one; what is wrong with the settings is told all the same."""
    write_config(root, AT_GOOGLE + CREDENTIALS, "this is no roster")
    assert load_settings(root / "config").calendars.provider == "google"
    write_config(root, CALENDARS)
    with pytest.raises(BadConfig, match=r"there is no \[cadence\]"):
        load_settings(root / "config")
    with pytest.raises(BadConfig, match="there is no folder"):
        load_settings(root / "none")
