"""A tab as plain lines with marks, for tests to read and for runs to be compared by."""

from tests.fake_google.docs_bullets import is_checkbox
from tests.fake_google.docs_model import Block, Paragraph, Run, Tab

_MARKS = {"bold": "**", "italic": "_", "strikethrough": "~~"}


def lines_of(tab: Tab) -> list[str]:
    """Return a line for each paragraph or table, named ranges apart.

    `= title`, `## heading`, `[ ] box`, `[x] ticked`, `- item` (two blanks for each level), `~~struck~~`,
    `**bold**`, `_italic_`, `<text|url>`, `@person`, `| a | b |`.
    """
    return [_line(tab, block) for block in tab.blocks]


def marked(runs: tuple[Run, ...]) -> str:
    """Return runs without their newline, with marks around what is styled."""
    return "".join(map(_run, runs)).removesuffix("\n")


def _line(tab: Tab, block: Block) -> str:
    if not isinstance(block, Paragraph):
        rows = (
            "| " + " | ".join(" / ".join(marked(p.runs) for p in cell) for cell in row) + " |"
            for row in block.rows
        )
        return "\n".join(rows)
    return _opening(tab, block) + marked(block.runs)


def _opening(tab: Tab, paragraph: Paragraph) -> str:
    name = paragraph.named_style
    heading = "= " if name == "TITLE" else "#" * int(name[-1]) + " " if name.startswith("HEADING") else ""
    if not paragraph.bullet:
        return heading
    box = f"[{'x' if paragraph.checked else ' '}] " if is_checkbox(tab, paragraph) else "- "
    return heading + "  " * paragraph.bullet.level + box


def _run(run: Run) -> str:
    if run.chip:
        person = run.chip.get("person", {}).get("personProperties", {})
        return f"@{person.get('email', next(iter(run.chip)))}"
    text = run.text.removesuffix("\n")
    if text:
        for name, mark in _MARKS.items():
            text = f"{mark}{text}{mark}" if run.style.get(name) else text
        url = (run.style.get("link") or {}).get("url")
        text = f"<{text}|{url}>" if url else text
    return text + run.text[len(run.text.removesuffix("\n")) :]
