"""Logs for machines: one JSON object a line on standard error, where ONETOONE_LOG=json asks for it.

They hold addresses, counts and outcomes; never titles, notes or follow-ups. Without the variable there
are none: people read the summary line and the problems instead. Where a bug of ours cost one calendar or one
change and not the run, --verbose shows where it happened: the place in the code, never what was read.
"""

import logging
import os
import sys
import traceback
from collections.abc import Iterable, Mapping

import structlog


def set_up_logs(*, verbose: bool = False) -> None:
    """Send log lines to standard error as JSON, or nowhere; `verbose` adds the debug ones."""
    level = logging.CRITICAL if not json_logs_wanted() else logging.DEBUG if verbose else logging.INFO
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    rooms = logging.getLogger("scheduler")
    rooms.handlers = [_Told()]
    rooms.setLevel(logging.DEBUG if verbose else logging.CRITICAL)


class _Told(logging.Handler):
    """Passes on what the rooms log, with the frames of the error and its class; its message may quote a calendar."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record."""
        frames = ""
        if record.exc_info is not None and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            frames = f": {kind.__name__}\n{''.join(traceback.format_tb(trace))}".rstrip()
        tell(record.getMessage() + frames, wrong=True)


def json_logs_wanted() -> bool:
    """Say whether machines read standard error, so that people's lines stay out of it."""
    return os.environ.get("ONETOONE_LOG", "").lower() == "json"


def tell(line: str, *, wrong: bool = False) -> None:
    """Write a line for people to standard error; where machines read it, an object that holds the line."""
    if not json_logs_wanted():
        sys.stderr.write(f"{line}\n")
    elif line:
        log = structlog.get_logger("onetoone")
        (log.error if wrong else log.info)("said", said=line)


def log_run(counts: Mapping[str, int], outcomes: Mapping[str, int], problems: Iterable[object]) -> None:
    """Log what a run did: pairs by status, changes by outcome, and each problem on a line of its own."""
    log = structlog.get_logger("onetoone")
    for problem in problems:
        log.warning("problem", problem=str(problem))
    log.info("run finished", **{f"pairs_{name}": count for name, count in counts.items()}, **outcomes)
