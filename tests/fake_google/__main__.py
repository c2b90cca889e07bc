"""The fake in a process of its own: `python -m tests.fake_google --port 0 --seed-file people.jsonl`.

It says its address on standard output and serves until its standard input is closed. `GET /fake/report` tells how
many requests of each method there were, and which of them the discovery documents do not allow.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from scheduler.google.scopes import Scope
from tests.fake_google.drive_and_docs import DriveAndDocs
from tests.fake_google.fake import NOW, FakeGoogle
from tests.fake_google.quota import google_quotas
from tests.fake_google.seed import load


def main() -> None:
    """Serve until there is nobody left to serve."""
    options = _options()
    with FakeGoogle(DriveAndDocs(), now=lambda: options.now, port=options.port) as fake:
        fake.latency = options.latency
        fake.serving.check_answers = not options.unchecked
        if options.quotas:
            fake.limit(*google_quotas())
        if options.seed_file:
            load(fake, options.seed_file)
        if options.service_account:
            fake.service_account_file(options.service_account)
            fake.delegate(Scope)
        sys.stdout.write(f"{fake.root}\n")
        sys.stdout.flush()
        sys.stdin.read()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_google", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: whichever is free")
    parser.add_argument("--seed-file", type=Path, help="people and their events, a JSON object a line")
    parser.add_argument("--service-account", type=Path, help="write a service account's key file here")
    parser.add_argument("--now", type=datetime.fromisoformat, default=NOW, help="what time it is, for ever")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--quotas", action="store_true", help="refuse what is beyond Google's quotas")
    parser.add_argument(
        "--unchecked", action="store_true", help="do not check the fake's own answers: quicker"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
