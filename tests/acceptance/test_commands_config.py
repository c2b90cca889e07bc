"""Which config a command reads, and how a first one comes about."""

from pathlib import Path

from tests.acceptance.conftest import EMPTY, bytes_of, called, config, onetoone


def test_the_environment_names_a_config(office: Path) -> None:
    """`ONETOONE_CONFIG` stands in for `--config`, which comes first; the default is ./config."""
    env = {"ONETOONE_CONFIG": str(office / "config")}
    assert called("report", env=env).code == 0
    assert called("report", "--config", office / "elsewhere", env=env).code == 2
    assert onetoone("report", cwd=office).code == 0


def test_init_then_doctor_lead_to_a_first_plan(tmp_path: Path) -> None:
    """What init wrote, the doctor reads; what is missing it says, and when all is well what comes next."""
    done = called("init", tmp_path / "config")
    assert done.code == 0
    assert sorted(path.name for path in (tmp_path / "config").iterdir()) == [
        "agenda.md",
        "onetoone.toml",
        "openers.md",
        "people.csv",
    ]
    assert f"onetoone doctor --config {tmp_path / 'config'}" in done.err
    first = called("doctor", *config(tmp_path))
    assert first.code == 2
    assert "there is no folder" in first.err
    (tmp_path / "calendars").mkdir()
    assert called("doctor", *config(tmp_path)).code == 4
    for row in (tmp_path / "config" / "people.csv").read_text().splitlines()[1:]:
        (tmp_path / "calendars" / f"{row.partition(',')[0]}.ics").write_text(EMPTY, newline="")
    last = called("doctor", *config(tmp_path))
    assert last.code == 0, last.out
    assert "FAIL" not in last.out
    assert "note" not in last.out
    assert f"Next: onetoone plan --config {tmp_path / 'config'}" in last.out
    assert called("plan", *config(tmp_path)).code == 0


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    """What stands there is kept, and said."""
    (tmp_path / "people.csv").write_text("mine")
    done = called("init", "--config", tmp_path)
    assert done.code == 0
    assert "(it was there already)" in done.err
    assert (tmp_path / "people.csv").read_text() == "mine"
    before = bytes_of(tmp_path)
    assert called("init", tmp_path).code == 0
    assert bytes_of(tmp_path) == before
