"""Pictures of the gap report as people see it, to be looked at: light, dark, phone, print, colour-blind.

    python -m benchmarks.report_pictures FOLDER

Needs Chromium and poppler's `pdftoppm`; draws 5, 9, 10 and 500 pairs and says how large each page is.
"""

import argparse
import re
import subprocess
import tempfile
import time
from pathlib import Path

from rich.console import Console

from scheduler.cadence.results import GapReport
from scheduler.reports import render_report
from scheduler.reports.table import draw_report
from tests.unit.report_builders import every_status
from tests.unit.report_companies import company, large

CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
REMOTE_FONTS = re.compile(r"@font-face\s*{[^}]*}\s*")
PHONE_FRAME = '<!doctype html><body style="margin:0"><iframe src="{page}" style="border:0;width:390px;height:{height}px"></iframe>'
EYES = {
    "grey": ".21 .72 .07 0 0  .21 .72 .07 0 0  .21 .72 .07 0 0  0 0 0 1 0",
    "deuteranopia": ".367 .861 -.228 0 0  .280 .673 .047 0 0  -.012 .043 .969 0 0  0 0 0 1 0",
}


def main() -> None:
    """Draw everything into the folder."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    folder: Path = arguments.parse_args().folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for name, report, height in (
        ("5", large(5), 1100),
        ("company", company(), 1290),
        ("every", every_status(), 1700),
        ("500", large(500), 2400),
    ):
        page = folder / f"{name}.html"
        began = time.perf_counter()
        page.write_text(render_report(report, "html"), encoding="utf-8")
        took = time.perf_counter() - began
        print(f"{page.name}: {len(report.pairs)} pairs, {page.stat().st_size / 1e6:.2f} MB, {took:.2f} s")
        draw(page, folder / f"{name}-light.png", (1280, height))
        draw(page, folder / f"{name}-dark.png", (1280, height), "--blink-settings=preferredColorScheme=0")
        draw_phone(page, folder / f"{name}-phone.png", 1400)
        draw_print(page, folder / f"{name}-print")
        for eye, colours in EYES.items():
            draw_as_seen(folder / f"{name}-light.png", folder / f"{name}-{eye}.png", colours)
    (folder / "terminal.svg").write_text(terminal_svg(company(), 100), encoding="utf-8")


def draw(page: Path, picture: Path, size: tuple[int, int], *flags: str) -> None:
    """Take a picture of a page in a window of that size."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *CHROMIUM,
                *flags,
                f"--user-data-dir={profile}",
                f"--window-size={size[0]},{size[1]}",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def draw_phone(page: Path, picture: Path, height: int) -> None:
    """Take a picture 390 pixels wide; Chromium's own window can't be that narrow, so a frame is."""
    frame = page.with_suffix(".phone.html")
    frame.write_text(PHONE_FRAME.format(page=page.name, height=height), encoding="utf-8")
    draw(frame, picture, (500, height))
    frame.unlink()


def draw_print(page: Path, picture: Path) -> None:
    """Print to PDF, and take a picture of its first two sheets."""
    pdf = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *CHROMIUM,
                f"--user-data-dir={profile}",
                "--no-pdf-header-footer",
                f"--print-to-pdf={pdf}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
    subprocess.run(["pdftoppm", "-png", "-r", "80", "-l", "2", pdf, picture], check=True)  # noqa: S607  found on PATH like any tool


def draw_as_seen(picture: Path, seen: Path, colours: str) -> None:
    """Draw a picture through a colour matrix (feColorMatrix: rows of red, green, blue, opacity, offset)."""
    wrapper = seen.with_suffix(".seen.html")
    wrapper.write_text(
        '<body style="margin:0"><svg width="0" height="0" style="position:absolute"><filter id="eye" '
        f'color-interpolation-filters="linearRGB"><feColorMatrix values="{colours}"/></filter></svg>'
        f'<img src="{picture.name}" style="filter:url(#eye)">',
        encoding="utf-8",
    )
    draw(wrapper, seen, (1280, 1500))
    wrapper.unlink()


def terminal_svg(report: GapReport, width: int) -> str:
    """Draw the terminal table as SVG; the fonts are the reader's own, nothing is fetched."""
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=width, file=nowhere, force_terminal=True, highlight=False)
        draw_report(console, report)
    return REMOTE_FONTS.sub("", console.export_svg(title="onetoone report"))


if __name__ == "__main__":
    main()
