"""The small web server that shows metrics and health, from a thread of its own."""

import json
import threading
from collections.abc import Callable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, disable_created_metrics, make_wsgi_app

from processors.errors import ServiceError

_NEXT_PORTS = 20
State = Callable[[], dict[str, object]]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        """Log nothing: a scrape is no news."""


def serve(registry: CollectorRegistry, host: str, port: int, healthy: State, ready: State | None = None) -> str:
    """Serve `/metrics`, `/healthz` and `/readyz` on `port` or the next free one; return the metrics' address.

    What has nothing to be ready for is ready when it is healthy. A state's first value says whether all is well.
    """
    disable_created_metrics()  # type: ignore[no-untyped-call]  # a series more for each counter, which nobody asks for
    metrics = make_wsgi_app(registry)
    states = {"/healthz": healthy, "/readyz": ready or healthy}

    def application(environ: dict[str, Any], start_response: Any) -> Any:  # noqa: ANN401 - WSGI
        path = environ["PATH_INFO"]
        if path == "/metrics":
            return metrics(environ, start_response)
        if path in states:
            state = states[path]()
            well = next(iter(state.values()))
            start_response("200 OK" if well else "503 Service Unavailable", [("Content-Type", "application/json")])
            return [json.dumps(state).encode()]
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"There are /metrics, /healthz and /readyz.\n"]

    server = _bind(host, port, application)
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return f"http://{host}:{server.server_port}/metrics"


def _bind(host: str, port: int, application: Any) -> WSGIServer:  # noqa: ANN401 - WSGI
    for candidate in [port] if port == 0 else range(port, port + _NEXT_PORTS):
        try:
            return make_server(host, candidate, application, _Server, _Quiet)
        except OSError:
            continue
    message = f"no free port for metrics from {port} to {port + _NEXT_PORTS - 1} on {host}; set MARSAD_METRICS_PORT"
    raise ServiceError(message)
