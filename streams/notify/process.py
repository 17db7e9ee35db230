"""The notifier as a process: its log, its metrics, its signals."""

import asyncio
import logging
import os
import signal
from collections.abc import Sequence

from prometheus_client import CollectorRegistry

from alerts.delivery.receivers import AnyReceiver
from streams.logs import quieten
from streams.notify.logs import keep_secrets
from streams.notify.metrics import NotifierMetrics
from streams.notify.notifier import Notifier
from streams.notify.sender import Sender
from streams.servers import locate_kafka
from streams.settings import Settings
from streams.web import serve

LOG = logging.getLogger(__name__)


def set_up_log(level: str) -> None:
    """Log to standard error, without secrets."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(message)s")
    if level == "INFO":
        logging.getLogger("aiokafka").setLevel(logging.WARNING)  # it tells of each step of each receiver's group
    quieten()
    keep_secrets()


async def notify(settings: Settings, told: Sequence[tuple[AnyReceiver, Sender]]) -> None:
    """Tell receivers of alerts until SIGTERM or Ctrl-C."""
    metrics = NotifierMetrics(CollectorRegistry(), [receiver.name for receiver, _ in told])
    notifier = Notifier(settings, locate_kafka(settings), told, metrics)
    address = serve(
        metrics.registry, settings.metrics_host, settings.metrics_port, notifier.health.state, notifier.ready
    )
    LOG.warning("metrics at %s", address)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _end, notifier, settings.shutdown_timeout)
    await notifier.run()


def _end(notifier: Notifier, within: float) -> None:
    notifier.stop()
    asyncio.get_running_loop().call_later(within, _cut_short, within)


def _cut_short(within: float) -> None:
    LOG.error("the notifier did not end within %gs; cut short, what was under way will be done again", within)
    os._exit(os.EX_SOFTWARE)
