"""HTTP/1.1 on loopback: connections that stay open, one thread each, and the ways in which they break.

The reading of requests is our own and knows no more than these clients send: http.server's takes most of a
millisecond for the headers alone.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from socketserver import StreamRequestHandler
from threading import Lock, Thread
from typing import Any, cast

from tests.fake_google.answers import Answer


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came; `query` is the text after the question mark, header names are in lower case."""

    http: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """What becomes of the answer: None closes the connection without one, `cut` stops in the middle of it."""

    answer: Answer | None
    cut: bool = False


Serve = Callable[[Request], Delivery]


class Web:
    """A server on a port of 127.0.0.1 (0: whichever is free) that hands each request to `serve`."""

    def __init__(self, serve: Serve, port: int = 0) -> None:
        """Begin to listen, and to answer in threads of its own."""
        self._server = _Server(serve, port)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def root(self) -> str:
        """Return the address, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        """Stop listening, close every connection, and wait for the threads."""
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for them, and no socket is left behind
    request_queue_size = 128

    def __init__(self, serve: Serve, port: int) -> None:
        self.serve = serve
        self._open: set[socket.socket] = set()
        self._guard = Lock()
        super().__init__(("127.0.0.1", port), _Connection)

    def server_bind(self) -> None:
        """Bind without asking a name server for the host's name, as HTTPServer would."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base has it
        """Remember the connection, so that it can be closed from here."""
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - as the base has it
        """Forget the connection."""
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Close what is open, under the eyes of the threads that read from it."""
        with self._guard:
            connections = list(self._open)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was quicker


class _Connection(StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer one request after another until either side has enough."""
        serve = cast("_Server", self.server).serve
        try:
            while (request := self._read()) is not None:
                delivery = serve(request)
                if delivery.answer is None:
                    return
                content = _wire(delivery.answer)
                kept = len(content) - len(delivery.answer.body) // 2 - 1 if delivery.cut else len(content)
                self.connection.sendall(content[:kept])
                if delivery.cut or request.headers.get("connection", "").lower() == "close":
                    return
        except (ConnectionError, OSError):
            return  # the client went away

    def _read(self) -> Request | None:
        line = self.rfile.readline(65_536)
        if not line.strip():
            return None
        http, target, _ = line.decode("latin-1").split(" ", 2)
        headers: dict[str, str] = {}
        while (line := self.rfile.readline(65_536)) not in {b"\r\n", b"\n", b""}:
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0)))
        path, _, query = target.partition("?")
        return Request(http, path, query, headers, body)


def _wire(answer: Answer) -> bytes:
    lines = [
        f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
        f"Content-Type: {answer.kind}",
        f"Content-Length: {len(answer.body)}",
        *(f"{name}: {value}" for name, value in answer.headers.items()),
    ]
    if answer.status == HTTPStatus.NO_CONTENT:
        del lines[1:3]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.body
