"""The agenda that is shown, and the files that are exported."""

from pathlib import Path

from tests.acceptance.conftest import LATER, add_people, bytes_of, called, config

PAIR = ("ann@example.com", "bo@example.com")


def test_the_agenda_of_the_next_meeting_is_shown(office: Path) -> None:
    """As Markdown, before and after it is written; looking at it writes nothing."""
    assert called("run", *config(office)).code == 0
    before = bytes_of(office)
    done = called("agenda", *PAIR, *config(office))
    assert done.code == 0, done.err
    for heading in ("Since last time", "Openers", "Theirs", "Heard, to come back to", "Follow-ups"):
        assert heading in done.out
    assert called("agenda", *PAIR, *config(office), now=LATER).code == 0
    assert bytes_of(office) == before
    called("agenda", *PAIR, *config(office), "-o", office / "agenda.md")
    assert (office / "agenda.md").read_text().strip() == done.out.strip()


def test_export_writes_files_a_person_and_a_pair(office: Path) -> None:
    """All of them, or those of a manager or a person; a second time nothing is new."""
    add_people(
        office,
        "cy@example.com,Cy,bo@example.com,Europe/London",
        "di@example.com,Di,ann@example.com,Europe/London",
    )
    assert called("run", *config(office)).code == 0

    def exported(*options: str) -> list[str]:
        into = office / "-".join(("out", *options))
        done = called("export", *config(office), "--output", into, *options)
        assert done.code == 0, done.err
        return sorted(str(path.relative_to(into)) for path in into.rglob("*.ics"))

    everything = exported()
    assert "people/ann@example.com.ics" in everything
    assert "pairs/bo@example.com--cy@example.com.ics" in everything
    assert len(everything) == 7
    of_manager = exported("--manager", "bo@example.com")
    assert "pairs/bo@example.com--cy@example.com.ics" in of_manager
    assert not [name for name in of_manager if "di@" in name or "ann@" in name]
    of_person = exported("--person", "di@example.com")
    assert "people/di@example.com.ics" in of_person
    assert not [name for name in of_person if "cy@" in name]
    again = called("export", *config(office), "--output", office / "out")
    assert again.err == "7 files in " + str(office / "out") + ", 0 of them new or changed.\n"
