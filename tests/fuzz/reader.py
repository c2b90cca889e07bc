"""Fuzzing of the calendar reader.

    make fuzz                          five minutes; what is found stops it
    make fuzz FUZZ_SECONDS=3600        an hour
    .venv-fuzz/bin/python -m tests.fuzz.reader FOLDER [options of libFuzzer]

atheris (libFuzzer for Python) changes bytes and keeps what runs through new lines of `scheduler.calendars`. Each
try must hold to the law in `law.py`, which hypothesis holds to as well (`tests/unit/test_calendars_broken.py`). It
begins with small calendars (`corpus.py`): the worst cases that somebody thought of (`worst_cases.py`), cut to a size
at which thousands run in a minute, pieces of generated calendars, and those in `../shared/calendars` where that
folder is there. What it finds is written to `FOLDER/crash-*`; give that file in place of the folder and it is run alone.

**A finding becomes a case** in `worst_cases.py`, or a test by its name in `test_calendars_broken.py`: fuzzing finds, tests remember.

The extra `fuzz` is for CPython 3.11 to 3.13 on Linux alone, where atheris has wheels; `make test` needs none of it.
"""

import logging
import sys
import warnings

import atheris

with atheris.instrument_imports(include=["scheduler.calendars"]):
    from scheduler.calendars import rules
    from tests.fuzz import law

_STEPS = 500


def main() -> None:
    """Run until told otherwise; the command line is libFuzzer's."""
    # What may be followed at all is followed sooner: a try then takes milliseconds and not a second.
    rules.MOST_STEPS = _STEPS
    rules.MOST_STEPS_TOGETHER = 10 * _STEPS
    logging.disable()
    warnings.simplefilter("ignore")
    atheris.Setup(sys.argv, must_hold_for)
    atheris.Fuzz()


def must_hold_for(data: bytes) -> None:
    """Judge one try."""
    law.must_hold(data)


if __name__ == "__main__":
    main()
