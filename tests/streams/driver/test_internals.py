"""What the driver relies on inside Faust, mode and aiokafka, so that a change there is noticed before it harms.

A failure names what changed and where the driver depends on it. Read the change, mend the driver, then renew the entry:
`python -m tests.streams.driver.test_internals` prints the present digests.
"""

import ast
import hashlib
import inspect
import textwrap
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import aiokafka
import faust
import pytest
from aiokafka.consumer.fetcher import Fetcher, FetchResult
from aiokafka.consumer.group_coordinator import GroupCoordinator
from aiokafka.consumer.subscription_state import SubscriptionState, TopicPartitionState
from faust.app.base import App
from faust.tables.recovery import Recovery
from faust.transport import consumer as base
from faust.transport.drivers import aiokafka as stock
from mode.services import Service
from packaging.requirements import Requirement

TAKEN_FROM = {"faust-streaming": "0.15.3", "aiokafka": "0.14.0", "mode-streaming": "0.7.1"}
"""The versions of which the tables below tell."""

APP, CONSUMER, THREAD = (f"streams/driver/{name}.py" for name in ("app", "consumer", "thread"))

# What the driver overrides, replaces, or counts on to behave as it does: digest of its source, where the driver does.
RELIED_ON: dict[Any, tuple[str, str]] = {
    App.on_stop: ("bfe5a933defb", APP),
    App._stop_consumer: ("55854a5de12c", APP),
    App._on_rebalance_when_stopped: ("1b172d9af8ff", APP),
    App._on_partitions_revoked: ("d5c895bbe57d", CONSUMER),
    App._on_partitions_assigned: ("de932b7927db", CONSUMER),
    Recovery._resume_streams: ("d986a6710c1a", CONSUMER),
    base.Consumer.ack: ("5fcf41cf4515", CONSUMER),
    base.Consumer.commit: ("a354437baaa0", CONSUMER),
    base.Consumer.force_commit: ("cc094614d22c", CONSUMER),
    base.Consumer._commit_offsets: ("1a6979904118", CONSUMER),
    base.Consumer._filter_committable_offsets: ("dc5e9baf5d99", CONSUMER),
    base.Consumer._should_commit: ("5ce941793947", CONSUMER),
    base.Consumer._filter_tps_with_pending_acks: ("f6f923977423", CONSUMER),
    base.Consumer._new_offset: ("1d2c7ea89a7a", CONSUMER),
    base.Consumer._drain_messages: ("44a2500309e8", CONSUMER),
    base.Consumer._wait_next_records: ("6218e1969a63", CONSUMER),
    base.Consumer.getmany: ("4b168d84882a", CONSUMER),
    base.Consumer.on_partitions_revoked: ("d04b7ae72c6f", CONSUMER),
    base.Consumer.on_partitions_assigned: ("29ce96596f05", CONSUMER),
    base.Consumer.on_stop: ("45b1d2210ce2", CONSUMER),
    base.Consumer.pause_partitions: ("27a1c94bdacd", CONSUMER),
    base.Consumer.resume_partitions: ("afe6b7c02a41", CONSUMER),
    base.Consumer.seek: ("b86a9fe05f95", CONSUMER),
    base.Consumer.perform_seek: ("0e8c130ff4b0", CONSUMER),
    base.Consumer.verify_event_path: ("aead7dc3d8dc", CONSUMER),
    base.Fetcher._fetcher.fun: ("68f894f0b577", CONSUMER),
    base.ThreadDelegateConsumer._seek: ("4f95c6314204", CONSUMER),
    base.ThreadDelegateConsumer._getmany: ("f9d47aa9010b", CONSUMER),
    stock.Consumer._new_consumer_thread: ("0870ec53dea7", CONSUMER),
    stock.Consumer._to_message: ("7c24f6511b2f", CONSUMER),
    stock.Producer._settings_extra: ("a4c7bc41b638", APP),
    stock.ConsumerRebalanceListener.on_partitions_revoked: ("348c3aec879f", THREAD),
    stock.ConsumerRebalanceListener.on_partitions_assigned: ("1c1f8406ad36", THREAD),
    base.ConsumerThread.on_partitions_revoked: ("c44013f1259c", THREAD),
    stock.AIOKafkaConsumerThread.on_start: ("38b4e8bd1e10", THREAD),
    stock.AIOKafkaConsumerThread._create_worker_consumer: ("c2701bfc3e6f", THREAD),
    stock.AIOKafkaConsumerThread.getmany: ("26fc5fc9f3b6", THREAD),
    stock.AIOKafkaConsumerThread._fetch_records: ("39a2c6c79fc1", THREAD),
    stock.AIOKafkaConsumerThread._seek_wait: ("9d221e816d94", THREAD),
    stock.AIOKafkaConsumerThread.seek_to_committed: ("775ab0adc4b0", THREAD),
    stock.AIOKafkaConsumerThread._commit: ("932852ce7a23", THREAD),
    aiokafka.AIOKafkaConsumer.committed: ("d8706147ab15", THREAD),
    aiokafka.AIOKafkaConsumer.seek: ("a9430f1f3b9a", THREAD),
    aiokafka.AIOKafkaConsumer.seek_to_committed: ("f6cd85c8b70a", THREAD),
    Fetcher.fetched_records: ("be4348896b9b", THREAD),
    Fetcher.seek_to: ("f0ba6aba6c22", THREAD),
    FetchResult.getall: ("3e717e30de50", THREAD),
    FetchResult.check_assignment: ("b5340df67e3f", THREAD),
    GroupCoordinator.check_errors: ("ba6ca51ad348", THREAD),
    GroupCoordinator.close: ("f30d83108945", THREAD),
    GroupCoordinator._coordination_routine: ("75273e127d4a", THREAD),
    GroupCoordinator.ensure_active_group: ("33c84c1a9301", THREAD),
    GroupCoordinator._on_join_prepare: ("4d9524afc0ee", THREAD),
    GroupCoordinator._on_join_complete: ("0b0b3d204b40", THREAD),
    GroupCoordinator.commit_offsets: ("5cbe31af28d6", THREAD),
    GroupCoordinator._do_commit_offsets: ("c3a3ea5613f3", THREAD),
}

# Attributes that the driver reads or sets, by the class that must have them.
ATTRIBUTES: dict[type, tuple[str, ...]] = {
    aiokafka.AIOKafkaConsumer: (
        "_coordinator",
        "_fetch_max_bytes",
        "_fetch_max_wait_ms",
        "_isolation_level",
        "_subscription",
    ),
    GroupCoordinator: ("generation",),
    SubscriptionState: ("reassignment_in_progress", "subscription"),
    TopicPartitionState: ("has_valid_position", "position"),
    base.Consumer: (
        "_acked",
        "_acked_index",
        "_active_partitions",
        "_commit_fut",
        "callback",
        "can_resume_flow",
        "flow_active",
    ),
    App: ("_consumer", "consumer_generation_id", "rebalancing"),
    Service: ("_stopped", "crashed", "should_stop"),
}


def digest(function: Any) -> str:  # noqa: ANN401 - any function
    """Return what tells the source of a function from any other."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]


def name(function: Any) -> str:  # noqa: ANN401 - as above
    """Return how a function is called."""
    return f"{function.__module__}.{function.__qualname__}"


@pytest.mark.parametrize("function", RELIED_ON, ids=name)
def test_what_the_driver_overrides_or_counts_on_is_as_it_was(function: Any) -> None:  # noqa: ANN401 - as above
    expected, where = RELIED_ON[function]
    changed = f"{name(function)} is not what it was in {TAKEN_FROM}; look at {where}, then renew the digest"
    assert digest(function) == expected, changed


@pytest.mark.parametrize("owner", ATTRIBUTES, ids=name)
def test_the_attributes_that_the_driver_uses_are_there(owner: type) -> None:
    missing = set(ATTRIBUTES[owner]) - attributes(owner)
    assert not missing, f"{name(owner)} has lost {missing}, which streams/driver uses"


def attributes(owner: type) -> set[str]:
    """Return what a class defines and what its methods give to `self`."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    given = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
    }
    return given | set(dir(owner))


@pytest.mark.parametrize("package", TAKEN_FROM)
def test_the_installed_versions_lie_in_the_pinned_ranges(package: str) -> None:
    pins = {pin.name: pin.specifier for pin in map(Requirement, requires("marsad") or ())}
    assert version(package) in pins[package], f"{package} {version(package)} is outside {pins[package]}"
    assert TAKEN_FROM[package] in pins[package], f"the tables here tell of {package} {TAKEN_FROM[package]}"


def test_the_stream_skips_events_of_another_generation_and_of_a_stopped_flow() -> None:
    text = (Path(faust.__file__).parent / "_cython" / "streams.pyx").read_text("utf-8")
    changed = "faust/_cython/streams.pyx changed; what is skipped there is never acknowledged: look at " + CONSUMER
    assert hashlib.sha256(text.encode()).hexdigest()[:12] == "0041622f4a25", changed


def test_the_producer_is_idempotent() -> None:
    parameters = inspect.signature(aiokafka.AIOKafkaProducer.__init__).parameters
    assert {"acks", "enable_idempotence"} <= set(parameters), f"look at BatchProducer in {APP}"


if __name__ == "__main__":
    for relied_on, (_, place) in RELIED_ON.items():
        print(f"{digest(relied_on)}  {name(relied_on)}  {place}")  # noqa: T201 - what it is for
