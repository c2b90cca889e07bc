"""The gap report's page in a real browser: it stands alone, and says nothing on the console."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scheduler.reports import render_report, render_slots
from scheduler.slots.advice import Advice
from tests.unit.report_builders import every_status
from tests.unit.report_companies import large
from tests.unit.slots_advice_builders import nothing_fits, some_times

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
pytestmark = [
    pytest.mark.debian,
    pytest.mark.skipif(
        CHROMIUM is None and os.environ.get("CI") != "true", reason="not installed here: Debian's chromium"
    ),
]


def browser(page: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    """Open a page in headless Chromium that can reach nothing, with its console on standard error."""
    return subprocess.run(
        [
            CHROMIUM or "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={page.parent / 'profile'}",
            *options,
            page.as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Give the page of a report in which every status and the most awkward names occur."""
    path = tmp_path / "gap-report.html"
    path.write_text(render_report(every_status(), "html"), encoding="utf-8")
    return path


def test_the_page_breaks_none_of_its_own_rules(page: Path) -> None:
    """Its content policy refuses nothing of it, and no name broke out of its place."""
    done = browser(page, "--dump-dom")
    assert "CONSOLE" not in done.stderr.decode(errors="replace")
    rows = re.findall(rb"<tr data-s=", done.stdout)
    assert len(rows) == len(every_status().pairs)


def test_a_large_page_is_drawn_on_a_phone(tmp_path: Path) -> None:
    """500 pairs in a narrow window."""
    path, picture = tmp_path / "gap-report.html", tmp_path / "phone.png"
    path.write_text(render_report(large(500), "html"), encoding="utf-8")
    done = browser(path, "--window-size=390,1400", f"--screenshot={picture}")
    assert "CONSOLE" not in done.stderr.decode(errors="replace")
    data = picture.read_bytes()
    assert data.startswith(SIGNATURE)
    assert int.from_bytes(data[16:20]) == 390
    assert len(data) > 20_000


@pytest.mark.parametrize("advice", [some_times(), nothing_fits()], ids=["times", "nothing_fits"])
def test_the_page_of_the_best_times_breaks_none_of_its_own_rules(advice: Advice, tmp_path: Path) -> None:
    """Its content policy refuses nothing of it, and it is drawn on a phone, too."""
    path, picture = tmp_path / "slots.html", tmp_path / "phone.png"
    path.write_text(render_slots(advice, "html"), encoding="utf-8")
    done = browser(path, "--dump-dom")
    assert "CONSOLE" not in done.stderr.decode(errors="replace")
    assert done.stdout.count(b'<th class="clock" scope="row">') == len(advice.week.rows)
    done = browser(path, "--window-size=500,1400", f"--screenshot={picture}")
    assert "CONSOLE" not in done.stderr.decode(errors="replace")
    assert picture.read_bytes().startswith(SIGNATURE)
