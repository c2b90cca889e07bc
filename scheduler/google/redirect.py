"""Where the browser comes back to after consent: a port on 127.0.0.1, or what a person pastes.

RFC 8252, section 7.3 (loopback redirects). What comes back holds a code, which is never printed.
"""

import os
import queue
import re
import select
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import TracebackType
from typing import ClassVar, Self
from urllib.parse import parse_qs, urlsplit

from scheduler.errors import Problem, WrongUsage
from scheduler.google.trouble import SignInFailed

_HOST = "127.0.0.1"
_TICK = 0.05  # seconds from a look at one of the two to a look at the other
_CODE = re.compile(r"[\w/.~%+=-]{4,512}")
_AGAIN = "run onetoone auth login again"
_PAGE = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>onetoone</title>
<p>Thank you. You may close this page; the rest is said where you started <code>onetoone auth login</code>.</p></html>
"""


class Redirect:
    """A door on loopback that waits for one browser; opened and closed with `with`."""

    def __init__(self, port: int = 0) -> None:
        """Listen on a port of 127.0.0.1, a free one for 0; raise WrongUsage where it can't be had."""
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        try:
            self._server = _Server((_HOST, port), _Page)
        except OSError as error:
            what = f"port {port} of {_HOST} can't be listened on ({error.strerror})"
            raise WrongUsage(Problem("--port", what, "name another port, or leave it out")) from None
        self._server.answers = self._answers
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_TICK,), daemon=True)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._server.server_address[1])

    @property
    def uri(self) -> str:
        """The address that the browser is sent back to."""
        return f"http://{_HOST}:{self.port}/"

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the door."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def code(self, state: str, *, pasted: int | None, patience: float) -> str:
        """Return the code of whoever consents first, in the browser or by what they paste.

        `pasted` is a file descriptor to read lines from, None where nobody types; `patience` is in seconds. What does
        not belong to this sign-in (by its `state`) is passed over. Raises SignInFailed where consent is refused or
        nobody answers.
        """
        typed = _Typed(pasted)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for line in (*typed.lines(), *self._brought()):
                code = code_in(line, state)
                if code is not None:
                    return code
        what = f"nobody consented within {patience / 60:.0f} minutes"
        raise SignInFailed(what, _AGAIN)

    def _brought(self) -> list[str]:
        """Wait a moment for a browser; return what it brought."""
        try:
            return [self._answers.get(timeout=_TICK)]
        except queue.Empty:
            return []


def code_in(text: str, state: str) -> str | None:
    """Return the code in what a browser was sent back with, or that a person pasted; None where there is none.

    An address must carry this sign-in's `state`; a bare code may stand alone. Raises SignInFailed where it says that
    consent was refused.
    """
    text = text.strip()
    if "?" not in text:
        return text if _CODE.fullmatch(text) else None
    try:
        query = parse_qs(urlsplit(text).query)
    except ValueError:
        return None
    if query.get("state") != [state]:
        return None
    if "error" in query:
        what = "consent was refused in the browser"
        raise SignInFailed(what, f"{_AGAIN} and allow every scope; docs/google.md says what each is for")
    return next(iter(query.get("code", [])), None)


class _Typed:
    """Lines from a file descriptor, as they come; read without buffers, so that none is left behind in one."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle
        self._rest = b""

    def lines(self) -> list[str]:
        """Return the whole lines that came."""
        if self._handle is None or not select.select([self._handle], [], [], 0)[0]:
            return []
        got = os.read(self._handle, 65_536)
        if not got:
            self._handle = None  # the end of what was piped in
            got = b"\n"
        *whole, self._rest = (self._rest + got).split(b"\n")
        return [line.decode("utf-8", "replace") for line in whole]


class _Server(ThreadingHTTPServer):
    """Browsers open connections ahead and say nothing on them: each gets a thread of its own."""

    daemon_threads = True
    block_on_close = False
    answers: queue.SimpleQueue[str]

    def server_bind(self) -> None:
        """Bind without asking a name server what this machine is called, as the library would."""
        TCPServer.server_bind(self)


class _Page(BaseHTTPRequestHandler):
    timeout: ClassVar[float] = 10.0

    def do_GET(self) -> None:
        """Take what the browser brings, and thank."""
        if "?" not in self.path:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        if isinstance(self.server, _Server):
            self.server.answers.put(self.path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(_PAGE)))
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(_PAGE)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: the address of the request holds the code."""
