"""The line of a key, in TOML as people write it."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.config.key_lines import KeyLines


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2\n", ("b",), 2),
        ("\n# [x]\n[t]\na = 1\n", ("t", "a"), 4),
        ("[t]\n\n[ t . 'u.v' ]\nb = 2", ("t", "u.v", "b"), 4),
        ('t."\\u0061" . c = 1', ("t", "a", "c"), 1),
        ("t.a = 1\nt.b = 2", ("t", "b"), 2),
        ("a = [1, # ]\n  [2, 3],\n]\nb = 2", ("b",), 4),
        ('a = """\nb = 1\n""\\"""" # x\nc = 2', ("c",), 4),
        ("a = '''\nb = 1\n'''\nc = 2", ("c",), 4),
        ('a = "\\" # ["\nb = 2', ("b",), 2),
        ("a = 'b = [\"' # [\nb = 2", ("b",), 2),
        ("t = { a = 1, b = [\n2] }\nc = 3", ("c",), 3),
        ("[[t]]\na = 1\n[[t]]\nb = 2", ("t", "1", "b"), 4),
        ("[[t]]\n[t.u]\n[[t]]\n[[t.u.v]]\n[[t.u.v]]\nb = 2", ("t", "1", "u", "v", "1", "b"), 6),
        ("[[t]]\n[[t]]\n[u]", ("t",), 1),
        ("a = 2026-01-01 00:00:00\nb = 1", ("b",), 2),
    ],
)
def test_a_key_stands_on_its_line(text: str, path: tuple[str, ...], line: int) -> None:
    """Comments, strings of all four kinds, arrays over lines and quoted keys do not lead astray."""
    tomllib.loads(text)
    assert KeyLines.of(text).line(path) == line


def test_a_key_without_a_line_of_its_own_has_its_tables() -> None:
    """A missing key, or one in an inline table, is looked for in its table."""
    lines = KeyLines.of("\n[t]\nu = {a = 1}\n")
    assert lines.line(("t", "u", "a")) == 3
    assert lines.line(("t", "gone")) == 2
    assert lines.line(("gone",)) == 1


def test_text_that_is_no_toml_does_not_hang() -> None:
    """Only valid text is read, but the end is reached on any."""
    assert KeyLines.of("a = 1\n] ? \"\nb = '''").line(("a",)) == 1


_NAMES = st.text("ab.\"' é=#[]{}\\", min_size=1, max_size=4)
_VALUES = st.one_of(
    st.integers(),
    st.text("a\"'\n#[]{}=\\", max_size=8),
    st.lists(st.text("a\"'\n#[]", max_size=4), max_size=3),
)
_TABLES = st.dictionaries(_NAMES, st.dictionaries(_NAMES, _VALUES, max_size=4), max_size=4)


@settings(max_examples=100)
@given(_TABLES, st.booleans())
def test_every_key_of_a_file_is_found_where_it_was_written(
    tables: dict[str, dict[str, Any]],
    raw: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    """Whatever keys and values are: the line found is the line written."""
    lines: list[str] = []
    expected: dict[tuple[str, ...], int] = {}
    for table, keys in tables.items():
        expected[(table,)] = len(lines) + 1
        lines.append(f"[{_basic(table)}]")
        for key, value in keys.items():
            expected[(table, key)] = len(lines) + 1
            lines += f"{_basic(key)} = {_written(value, raw=raw)}".split("\n")
    text = "\n".join(lines)
    assert tomllib.loads(text) == tables
    found = KeyLines.of(text)
    assert {path: found.line(path) for path in expected} == expected


def _basic(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _written(value: object, *, raw: bool) -> str:
    if isinstance(value, list):
        return "[\n  " + ",\n  ".join(_written(one, raw=raw) for one in value) + "\n]" if value else "[ ]"
    if isinstance(value, str):
        if raw and "'''" not in value and not value.endswith("'"):
            return f"'''\n{value}'''"
        return _basic(value)
    return str(value)
