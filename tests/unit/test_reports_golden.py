"""Renderings stay as they are, word for word, until somebody means to change them."""

import pytest

from tests.golden.report_samples import FOLDER, SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_a_rendering_is_the_one_that_was_agreed(name: str) -> None:
    """If the change is meant: run `python -m tests.golden.report_samples`, and read the diff."""
    assert SAMPLES[name]() == (FOLDER / name).read_bytes().decode()
