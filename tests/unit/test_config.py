"""Loading a config folder: every fault of both files at once, each with its line and its remedy."""

import os
from datetime import time, timedelta
from pathlib import Path

import pytest

from scheduler.config import load_config
from scheduler.config.schema import TABLES
from scheduler.errors import BadConfig
from scheduler.every import Cadence, Unit
from scheduler.settings import Asked, CadenceRule, Days, GoogleSettings
from tests.unit.config_builders import CADENCE, CALENDARS, LEAST, PEOPLE, faults, loaded, write_config


def test_the_least_that_works(tmp_path: Path) -> None:
    """Calendars and cadence are all that must be said; the rest has defaults."""
    config = loaded(tmp_path)
    assert config.settings.calendars.path == tmp_path / "calendars"
    assert config.settings.cadence.every == Cadence(2, Unit.WEEK)
    assert config.settings.cadence.tolerance == 0.5
    assert config.settings.job.state == tmp_path / "state"
    assert config.settings.job.agendas == tmp_path / "agendas"
    assert config.settings.job.exports == tmp_path / "exports"
    assert config.settings.documents_provider == "folder"
    assert config.settings.google is None
    assert list(config.roster.people) == ["ann@example.com", "bo@example.com"]
    assert config.warnings == ()


def test_every_key_is_taken_over(tmp_path: Path) -> None:
    """What the file says is what the settings hold."""
    text = (
        CALENDARS
        + CADENCE
        + "tolerance = 1\n"
        + '[[cadence.rules]]\nname = "new"\nevery = "1 week"\nminutes = 45\nfirst_minutes = 60\nfirst_within = "1 week"\n'
        + 'joined_within = "90 days"\nspan_over = 2\nspan_up_to = 9\ncolumn = "Timezone"\nis = ["VP ", "vp", "A  Lead"]\n'
        + 'of = "manager"\n'
        + '[job]\nstate = "s"\nagendas = "/a"\nexports = "~/e"\nreports = "r"\nlook_back = "4 weeks"\nlook_ahead = "90 days"\n'
        + '[roster]\nsource = "people.csv"\ntimezone = "Asia/Tokyo"\nhours = "Mon 10:00-11:00"\n'
        + '[slots]\nnotice = "36 hours"\nfree_share = 0\nstep = "15 minutes"\n'
        + 'days = "together"\nair = "10 minutes"\nsocial_hours = "07:30-19:00"\n'
        + "[slots.weights]\n"
        + "".join(f"{name} = {points}\n" for points, name in enumerate(TABLES["slots.weights"].key_names()))
        + "[limits]\nnew_series = 1\ntouched_share = 0.5\ntouched_floor = 2\nmails_per_person = 3\n"
        + '[agenda]\nahead = "1 day"\nopeners = 0\nreserve = 4\nrepeat_after = "1 week"\nask_after_carries = 5\n'
        + '[series]\ntitle = "{report} with {manager}"\nask_again_after = "0 days"\njoiners_ahead = "1 week"\n'
        + '[documents]\nprovider = "folder"\nurl = "https://wiki.example.com/x/"\n'
        + '[google]\ncredentials = "k.json"\nsubject = "Admin@Example.com"\nendpoint = "http://127.0.0.1:4901/"\n'
        + "full_reports = true\nmeet = true\nguests_can_modify = true\nthreads = 2\n"
    )
    settings = loaded(tmp_path, "version = 1\n" + text).settings
    assert settings.cadence.rules == (
        CadenceRule(
            name="new",
            every=Cadence(1, Unit.WEEK),
            minutes=45,
            first_minutes=60,
            first_within=timedelta(weeks=1),
            joined_within=timedelta(days=90),
            span_over=2,
            span_up_to=9,
            column="timezone",
            says=("vp", "a lead"),
            of=Asked.MANAGER,
        ),
    )
    assert settings.job.state == tmp_path / "config" / "s"
    assert settings.job.agendas == Path("/a")
    assert settings.job.exports == Path.home() / "e"
    assert settings.job.look_ahead == timedelta(days=90)
    assert settings.slots.notice == timedelta(hours=36)
    assert settings.slots.days is Days.TOGETHER
    assert settings.slots.social_hours == (time(7, 30), time(19))
    assert [getattr(settings.slots.weights, name) for name in TABLES["slots.weights"].key_names()] == [
        *range(len(TABLES["slots.weights"].key_names()))
    ]
    assert settings.limits.mails_per_person == 3
    assert settings.agenda.repeat_after == timedelta(weeks=1)
    assert settings.series.title == "{report} with {manager}"
    assert str(settings.roster.timezone) == "Asia/Tokyo"
    assert settings.documents_url == "https://wiki.example.com/x"
    assert settings.google is not None
    assert settings.google == GoogleSettings(
        credentials=tmp_path / "config" / "k.json",
        subject="admin@example.com",
        full_reports=True,
        meet=True,
        guests_can_modify=True,
        threads=2,
        endpoint="http://127.0.0.1:4901",
    )
    assert all(name in text for model in TABLES.values() for name in model.key_names())


def test_both_files_are_reported_together(tmp_path: Path) -> None:
    """A fault in the settings hides none in the roster."""
    found = faults(
        tmp_path, CALENDARS + '[cadence]\nevery = "daily"\n', PEOPLE.replace("bo@example.com,", "bo,")
    )
    assert found == [
        "onetoone.toml:4: [cadence] has no 'minutes'; add minutes = 30",
        "onetoone.toml:5: 'every' = 'daily' is not a cadence; write '1 week', '2 weeks', '1 month' or '1 quarter'",
        "people.csv:3: email: 'bo' is not an email address; write it like 'ann@example.com'",
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("[job]\nlook_bak = 1", "8: 'look_bak' is not a setting of [job]; did you mean 'look_back'?"),
        ("[job]\nminutes = 1", "8: 'minutes' is not a setting of [job]; it belongs in [cadence]"),
        (
            "[limits]\ncolour = 1",
            "8: 'colour' is not a setting of [limits]; known here: new_series, touched_share, ",
        ),
        ("[limit]\nx = 1", "7: there is no table or key 'limit'; did you mean 'limits'?"),
        (
            "[[slots]]\nstep = 1",
            "7: 'slots' must be a table, not [{'step': 1}]; write [slots] on a line of its own",
        ),
        (
            '[job]\nlook_back = "12 moons"',
            "8: 'look_back' must be a length of time, not '12 moons'; write it like",
        ),
        ('[job]\nlook_back = "3 days"', "8: 'look_back' must be from 1 week to 104 weeks, not '3 days'"),
        ("[job]\nlook_back = 12", "8: 'look_back' must be a length of time, not 12"),
        ('[job]\nstate = ""', "8: 'state' is '': it must not be blank"),
        ('[job]\nstate = "a\\u0000b"', "8: 'state' is 'a\\x00b': it must not be blank, and be on one line"),
        ("[job]\nstate = 3", "8: 'state' must be text, not 3; put it in double quotes"),
        ("[slots]\nstep = 15", "8: 'step' must be a length of time, not 15; write it like '30 minutes'"),
        ('[slots]\nstep = "1 day"', "8: 'step' must be from 1 minute to 1 hour, not '1 day'"),
        ('[slots]\nnotice = "13 weeks"', "8: 'notice' must be from 0 minutes to 12 weeks, not '13 weeks'"),
        (
            "[calendars.more]\nx = 1",
            "7: 'more' is not a setting of [calendars]; known here: provider or path",
        ),
        ("[documents]\nurl = 3", "8: 'url' must be a web address, not 3"),
        (
            "[slots]\nfree_share = 75",
            "8: 'free_share' must be a share from 0 to 1, not 75; write one half as 0.5",
        ),
        ("[slots]\nfree_share = nan", "8: 'free_share' must be a share from 0 to 1, not nan"),
        ("[slots]\nfree_share = true", "8: 'free_share' must be a share from 0 to 1, not True"),
        (
            '[slots]\nstep = "7 minutes"',
            "8: 'step' must divide the hour, which '7 minutes' does not; write 5, 10",
        ),
        ('[limits]\nnew_series = "9"', "8: 'new_series' must be a whole number from 0 to 100000, not '9'"),
        ("[limits]\nnew_series = true", "8: 'new_series' must be a whole number from 0 to 100000, not True"),
        ("[limits]\nnew_series = -1", "8: 'new_series' must be a whole number from 0 to 100000, not -1"),
        ('[series]\ntitle = "{boss}"', "8: 'title' knows {manager} and {report} only, not {boss}"),
        (
            '[series]\ntitle = "{manager.tz}"',
            "8: 'title' knows {manager} and {report} only, not {manager.tz}",
        ),
        ('[series]\ntitle = "{manager!r}"', "8: 'title' knows {manager} and {report} only"),
        ('[series]\ntitle = "1-2-1 {"', "8: 'title' has a brace without its partner"),
        (f'[series]\ntitle = "{"x" * 201}"', "8: 'title' is 201 characters long"),
        (
            '[roster]\ntimezone = "london"',
            "8: 'timezone' = 'london' is not a time zone; did you mean 'Europe/London'?",
        ),
        (
            '[roster]\nhours = "9 to 5"',
            "8: 'hours' = '9 to 5' is not a stretch of working hours; write it like",
        ),
        (
            '[documents]\nprovider = "google"',
            "8: 'provider' of [documents] is 'google', but [google] has no 'credentials'; add credentials = ",
        ),
        ('[documents]\nprovider = "wiki"', "8: 'provider' must be 'folder' or 'google', not 'wiki'"),
        ('[documents]\nurl = "wiki/x"', "8: 'url' must be a web address, not 'wiki/x'"),
        ('[documents]\nurl = "http://a:b:c/"', "8: 'url' must be a web address"),
        ('[google]\nendpoint = "http://10.0.0.1"', "8: 'endpoint' must be an address on this machine"),
        ('[google]\nendpoint = "https://example.com"', "8: 'endpoint' must be an address on this machine"),
        ('[google]\nsubject = "admin"', "8: 'subject' must be an email address, not 'admin'"),
        ("[google]\nthreads = 17", "8: 'threads' must be a whole number from 1 to 16, not 17"),
        ("[google]\nmeet = 1", "8: 'meet' must be true or false, not 1; write it without quotes"),
        ("[google]\nendpoint = 4901", "8: 'endpoint' must be an address on this machine"),
    ],
)
def test_a_bad_setting_has_a_sentence(tmp_path: Path, line: str, sentence: str) -> None:
    """Each says which line, what is wrong, and what to write instead."""
    (found,) = faults(tmp_path, f"{LEAST}{line}\n")
    assert found.startswith(f"onetoone.toml:{sentence}")


def test_a_missing_table_is_asked_for_with_an_example(tmp_path: Path) -> None:
    """Whoever lacks a table is shown what to add; a table that is no table is shown how to write one."""
    assert faults(tmp_path, 'cadence = "weekly"\n') == [
        (
            "onetoone.toml: there is no [calendars]; "
            'add [calendars] with provider = "folder" and path = "../calendars"'
        ),
        (
            "onetoone.toml:1: 'cadence' must be a table, not 'weekly'; "
            "write [cadence] on a line of its own, its keys below"
        ),
    ]


def test_a_folder_provider_needs_a_path(tmp_path: Path) -> None:
    """Only the folder provider is asked where its folder is."""
    (found,) = faults(tmp_path, '[calendars]\nprovider = "folder"\n' + CADENCE)
    assert found == "onetoone.toml:1: [calendars] has no 'path'; add path = \"../calendars\""


@pytest.mark.parametrize("every", ["2", "true", '["1 week"]'])
def test_a_cadence_is_text(tmp_path: Path, every: str) -> None:
    """A bare number says nothing about weeks or months."""
    (found,) = faults(tmp_path, LEAST.replace('"2 weeks"', every))
    assert found.startswith("onetoone.toml:5: 'every' must be a cadence in quotes, not ")


@pytest.mark.parametrize("provider", ["caldav", "ics"])
def test_providers_that_are_not_built_yet_say_so_once(tmp_path: Path, provider: str) -> None:
    """A known provider is no typing error, but this version has only the folder and Google."""
    (found,) = faults(tmp_path, LEAST.replace("folder", provider))
    assert found == (
        f"onetoone.toml:2: 'provider' = '{provider}' is not in this version of onetoone; 'folder' and 'google' are; "
        'write provider = "folder"'
    )


def test_the_folder_of_calendars_must_be_there(tmp_path: Path) -> None:
    """The sentence names the path that was looked for, not only what was written."""
    (missing,) = faults(tmp_path, LEAST.replace("../calendars", "../calendar"))
    assert missing.startswith("onetoone.toml:3: there is no folder ROOT/calendar; make the folder")
    (tmp_path / "file").touch()
    (file,) = faults(tmp_path, LEAST.replace("../calendars", "../file"))
    assert file.startswith("onetoone.toml:3: ROOT/file is a file, a folder is wanted")


def test_a_folder_of_calendars_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights are checked before anybody's calendar is called unreadable for it."""
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    (found,) = faults(tmp_path)
    assert found.startswith("onetoone.toml:3: the folder ROOT/calendars may not be read; give the user")


def test_folders_must_differ(tmp_path: Path) -> None:
    """Exports among the calendars would be read as calendars by the next run."""
    text = LEAST + '[job]\nstate = "../x"\nagendas = "../x/"\nexports = "../calendars"\n'
    assert faults(tmp_path, text) == [
        (
            "onetoone.toml:10: 'exports' is the same folder as 'path' of [calendars]: ROOT/calendars; "
            "give each a folder of its own"
        ),
        "onetoone.toml:9: 'agendas' is the same folder as 'state' of [job]: ROOT/x; give each a folder of its own",
    ]


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    """What is to be written into can't be a file."""
    (tmp_path / "state").touch()
    (found,) = faults(tmp_path)
    assert found.startswith("onetoone.toml:1: 'state' is a file: ROOT/state")


def test_a_look_ahead_shorter_than_the_cadence_is_a_warning(tmp_path: Path) -> None:
    """It works, but pairs that met yesterday will be called unscheduled."""
    (warning,) = loaded(tmp_path, LEAST.replace("2 weeks", "1 quarter")).warnings
    assert "'look_ahead' of 12 weeks is shorter than the cadence, 1 quarter" in str(warning)
    rule = '[[cadence.rules]]\nname = "rare"\nevery = "1 quarter"\nspan_over = 9\n'
    assert loaded(tmp_path, LEAST + rule).warnings[0].what == warning.what


def test_a_config_from_the_future_is_one_problem(tmp_path: Path) -> None:
    """A newer layout has keys that we can't know: they are not called errors."""
    assert faults(tmp_path, "version = 2\n[new]\nkey = 1\n") == [
        "onetoone.toml:1: this config is of version 2; this onetoone reads version 1; upgrade onetoone",
    ]


@pytest.mark.parametrize("version", ['"1"', "0", "true", "1.0"])
def test_a_version_is_a_number(tmp_path: Path, version: str) -> None:
    """Anything else is refused, not guessed at."""
    (found,) = faults(tmp_path, f"\nversion = {version}\n{LEAST}")
    assert found.startswith("onetoone.toml:2: 'version' must be a whole number, not ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a = 1\nb = \n", "onetoone.toml:2: this is not TOML: invalid value (column 5)"),
        ("a = 1\na = 2\n", "onetoone.toml:2: this is not TOML: cannot overwrite a value (column 6)"),
        ("a = [1,\n2\n\n", "onetoone.toml:2: this is not TOML: unclosed array, and the file ends"),
        (f"a = {'9' * 5000}", "onetoone.toml: a number in it is too long, or brackets are nested too deep"),
        (f"a = {'[' * 9000}", "onetoone.toml: a number in it is too long, or brackets are nested too deep"),
    ],
)
def test_what_is_not_toml_is_refused_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    """The library's own sentence is kept, its place becomes the line."""
    (found,) = faults(tmp_path, text)
    assert found.startswith(sentence)


def test_line_ends_and_byte_order_marks_of_windows_are_fine(tmp_path: Path) -> None:
    """Both files may come from Windows' editors; lines are counted the same."""
    toml, people = (b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for text in (LEAST, PEOPLE))
    assert loaded(tmp_path, toml, people) == loaded(tmp_path)
    bad = toml.replace(b"30", b"'30'")
    (found,) = faults(tmp_path, bad, people)
    assert found.startswith("onetoone.toml:6: 'minutes' must be a whole number")


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    """Neither file can be there, and one remedy mends it."""
    with pytest.raises(BadConfig) as refused:
        load_config(tmp_path / "conf")
    (problem,) = refused.value.problems
    assert str(problem).endswith(
        f"there is no folder {tmp_path}/conf; `onetoone init {tmp_path}/conf` makes one to edit"
    )


def test_missing_files_are_both_named(tmp_path: Path) -> None:
    """An empty folder lacks two files."""
    with pytest.raises(BadConfig) as refused:
        load_config(tmp_path)
    assert [problem.what for problem in refused.value.problems] == ["there is no such file"] * 2
    assert all(f"looked for {tmp_path}/" in problem.remedy for problem in refused.value.problems)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """It is said what it is."""
    config = write_config(tmp_path)
    (config / "people.csv").unlink()
    (config / "people.csv").mkdir()
    with pytest.raises(BadConfig, match=r"people\.csv: this is a folder, a file is wanted"):
        load_config(config)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(13, "Permission denied"), "the file may not be read"),
        (OSError(5, "Input/output error"), r"the file can't be read \(Input/output error\)"),
    ],
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    sentence: str,
) -> None:
    """A disk's or a user's fault is a sentence, too."""
    config = write_config(tmp_path)

    def fail(_self: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(BadConfig, match=sentence):
        load_config(config)


def test_a_path_with_a_nul_is_no_path() -> None:
    """`--config` may hold anything."""
    with pytest.raises(BadConfig, match="this can't be the name of a file"):
        load_config(Path("a\0b"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (PEOPLE.encode("utf-16"), "people.csv:1: this is UTF-16; save the file as UTF-8"),
        (
            PEOPLE.replace("bo@", "böß@").encode("latin-1"),
            "people.csv:3: the byte 0xf6 is not UTF-8 (after 'b')",
        ),
        (b"\xff" + PEOPLE.encode(), "people.csv:1: the byte 0xff is not UTF-8; save"),
    ],
)
def test_other_encodings_are_refused_with_the_line(tmp_path: Path, data: bytes, sentence: str) -> None:
    """Guessing an encoding would misspell somebody's name."""
    (found,) = faults(tmp_path, LEAST, data)
    assert found.startswith(sentence)


def test_relative_folders_start_at_the_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the command was started makes no difference; symbolic links stay unresolved."""
    config = write_config(tmp_path)
    (tmp_path / "link").symlink_to(config)
    monkeypatch.chdir(tmp_path)
    settings = load_config(Path("link")).settings
    assert settings.directory == tmp_path / "link"
    assert settings.job.state == tmp_path / "state"
