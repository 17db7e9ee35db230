"""The Faust app: settings that lose nothing, and a process that ends when it is told to."""

import gc
import logging
import os
import signal
import sys
import threading
import time
from typing import Any, ClassVar, Final

import faust
from faust.app.base import BootStrategy

from processors.errors import ConfigError
from streams import driver
from streams.agents import monitor
from streams.durability import check_redis
from streams.health import LoopHealth
from streams.logs import quieten, tell_of_kafka_errors
from streams.pulse import EVERY, Pulse
from streams.reload import Reloader
from streams.retry import REDIS_AWAY, until_back
from streams.servers import Servers, faust_credentials, locate
from streams.settings import Settings
from streams.speaker import Speaker
from streams.vitals import Vitals
from streams.web import serve
from streams.wiring import Services, build

LOG = logging.getLogger(__name__)
LAST_RELAY: Final = 1.0
"""How long a worker that ends goes on publishing alerts, in seconds; what is left others publish."""

CUT_SHORT: Final = 70
"""The exit status of a worker that did not end in time (EX_SOFTWARE)."""


class _NoWeb(BootStrategy):
    """Keep Faust's web server off, whatever its command line says; Marsad has its own."""

    enable_web = False


class _Quiet(faust.Monitor):
    """Faust's monitor, without its work per message."""

    def on_message_in(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Faust's signature
        """Measure nothing here; agents count by the batch."""


class _Worker(faust.Worker):
    """A worker that ends in time even where Faust waits for servers without end."""

    deadline: ClassVar[float] = 8.0
    parts: ClassVar[Services]
    health: ClassVar[LoopHealth]
    vitals: ClassVar[Vitals]
    reloader: ClassVar[Reloader]

    async def on_first_start(self) -> None:
        """Serve the metrics from the moment the worker starts, and obey SIGHUP."""
        await super().on_first_start()  # sets the logging up
        self.loop.add_signal_handler(signal.SIGHUP, self.reloader.ask)
        quieten()
        tell_of_kafka_errors(self.parts.metrics.process.kafka_errors.inc)
        _announce(self.parts, self.health, self.vitals)
        for warning in await until_back(lambda: check_redis(self.parts.redis), REDIS_AWAY, _redis_away):
            LOG.warning(warning)

    def _on_sigterm(self) -> None:
        self._arm()
        super()._on_sigterm()

    def _on_sigint(self) -> None:
        self._arm()
        super()._on_sigterm()

    def on_worker_shutdown(self) -> None:
        """Bound also the end that an error brings."""
        self._arm()
        super().on_worker_shutdown()

    def stop_and_shutdown(self) -> None:
        """End, and say last why, when there was a reason."""
        failed = sys.exception()  # the start's, which Faust does not keep
        try:
            super().stop_and_shutdown()
        finally:
            reason = self.crash_reason or self.app.crash_reason or failed
            if isinstance(reason, Exception):
                LOG.critical("the worker can't go on: %s: %s", type(reason).__name__, reason)

    def _arm(self) -> None:
        threading.Thread(target=self._cut_short, name="deadline", daemon=True).start()

    def _cut_short(self) -> None:
        time.sleep(self.deadline)
        LOG.error("the worker did not end within %gs; cut short, its last batch will be done again", self.deadline)
        os._exit(CUT_SHORT)


class MonitorApp(driver.BatchApp):
    """An app of batches without a web server, which relays alerts whether it has partitions or not."""

    BootStrategy = _NoWeb
    services: Services
    health: LoopHealth
    vitals: Vitals
    reloader: Reloader

    async def on_start(self) -> None:
        """Relay, tell how it does, and watch the rule files; Faust's own tasks would wait for the first assignment."""
        await super().on_start()
        self.add_future(self._relay())
        self.add_future(self._tell())
        self.add_future(Speaker(self.services, self.vitals.member.id).run(lambda: self.should_stop))
        self.add_future(self.reloader.run(lambda: self.should_stop))

    async def on_stop(self) -> None:
        """End in order: also what the last batch decided is published."""
        await super().on_stop()
        if not self.crashed:
            await self.services.relay.finish(LAST_RELAY)
            await self.vitals.leave()

    async def _relay(self) -> None:
        await self.producer.ready.wait()  # type: ignore[attr-defined]  # the driver's
        await self.services.relay.run(lambda: self.should_stop, self.health.beat)

    async def _tell(self) -> None:
        await self.producer.ready.wait()  # type: ignore[attr-defined]  # the driver's
        await self.vitals.run(self.consumer, lambda: self.should_stop)  # type: ignore[arg-type]  # as above


def create_app(settings: Settings, servers: Servers | None = None) -> faust.App:
    """Return the app with all its agents; raise MarsadError when something is wrong with the configuration."""
    found = servers or locate(settings)
    app = MonitorApp(
        settings.group,
        batch_wait=settings.batch_wait,
        end_within=0.6 * settings.shutdown_timeout,
        broker=";".join(f"{driver.SCHEME}://{address.strip()}" for address in found.kafka.split(",")),
        broker_credentials=faust_credentials(settings),
        datadir=settings.home / "faust",
        Monitor=_Quiet,
        broker_commit_interval=0.3,
        broker_heartbeat_interval=2.0,
        broker_max_poll_records=settings.batch_max,
        broker_rebalance_timeout=10.0,
        broker_request_timeout=30.0,
        broker_session_timeout=7.0,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=max(4 << 20, 2 * settings.article_max_bytes),
        cython_optimizations=True,
        key_serializer="raw",
        producer_max_batch_size=min(256 << 10, settings.article_max_bytes + (32 << 10)),  # below what the topics take
        producer_request_timeout=30.0,
        topic_allow_declare=False,
        topic_disable_leader=True,
        value_serializer="raw",
        web_bind="127.0.0.1",
    )
    services = build(settings, found, lambda: app.producer)  # type: ignore[arg-type,return-value]  # the driver's
    monitor.register(app, services)
    if set(app.agents) != {"monitor"}:
        message = f"the agents are {sorted(app.agents)}; a worker needs exactly `monitor`"
        raise ConfigError(message)
    app.services, app.health, app.reloader = services, LoopHealth(), Reloader(services, found.kafka)
    app.vitals = Vitals(services, app.health)
    services.metrics.process.watch(app.health, app.vitals.ready)
    app.sensors.add(services.metrics.faust)
    app.conf.Worker = worker_class(app)  # type: ignore[assignment]  # a setting, not a type
    _beat(app, services)
    gc.freeze()  # what was built stays, so that no collection stops the worker to look at all of it
    return app


def _redis_away(error: Exception) -> None:
    LOG.warning("waiting for Redis: %s", error)


def _announce(services: Services, health: LoopHealth, vitals: Vitals) -> None:
    settings, registry = services.settings, services.metrics.registry
    address = serve(registry, settings.metrics_host, settings.metrics_port, health.state, vitals.ready.state)
    vitals.shown_at(address)
    LOG.warning("metrics at %s", address)


def worker_class(app: MonitorApp) -> type[_Worker]:
    """Return the worker that runs this app's services."""
    values = {
        "deadline": app.services.settings.shutdown_timeout,
        "parts": app.services,
        "health": app.health,
        "vitals": app.vitals,
        "reloader": app.reloader,
    }
    return type("Worker", (_Worker,), values)


def _beat(app: faust.App, services: Services) -> None:
    pulse = Pulse(services)

    @app.timer(EVERY)  # type: ignore[untyped-decorator]  # as above
    async def beat() -> None:
        """Tell of idle partitions, and judge absences."""
        consumer = app.consumer
        partitions = consumer.topic_partitions(services.kafka.articles)
        await pulse.beat(consumer, partitions, time.time())  # type: ignore[arg-type]  # the driver's
