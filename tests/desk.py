"""A web server that stands for a receiver: it keeps what it is sent, and answers as it is told to."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple


class Post(NamedTuple):
    """What was posted, and when it came."""

    at: float
    path: str
    headers: dict[str, str]
    body: bytes


class Reply(NamedTuple):
    """What to answer, and after how long."""

    status: int = 200
    body: bytes = b"ok"
    headers: tuple[tuple[str, str], ...] = ()
    after: float = 0.0


class Desk:
    """What came, and how to answer the next."""

    def __init__(self, reply: Callable[[int], Reply]) -> None:
        self.posts: list[Post] = []
        self.reply = reply
        self.url = ""


@contextmanager
def desk(reply: Callable[[int], Reply] = lambda _: Reply()) -> Iterator[Desk]:
    """Serve a desk on a free port; `reply` is told how many came before."""
    found = Desk(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.posts.append(Post(time.time(), self.path, headers, body))
            answer = found.reply(len(found.posts) - 1)
            time.sleep(answer.after)
            with suppress(ConnectionError):  # who asked has gone
                self._send(answer)

        def _send(self, answer: Reply) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *args: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False  # who hung up is not waited for
    found.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
