"""A histogram that takes a batch at once shows the same as Prometheus's own."""

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Histogram, generate_latest

from streams.histograms import BatchHistogram

BUCKETS = (0.125, 1, 60)


@given(st.lists(st.lists(st.sampled_from([0.0, 0.125, 0.25, 1.0, 59.5, 60.0, 61.0, 1e9]))))
def test_it_shows_what_one_shows_that_is_told_one_by_one(batches: list[list[float]]) -> None:
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    histogram = BatchHistogram("age", "Age.", BUCKETS, ours)
    model = Histogram("age", "Age.", buckets=BUCKETS, registry=theirs)
    for batch in batches:
        histogram.observe_all(batch)
        for value in batch:
            model.observe(value)
    assert _samples(ours) == _samples(theirs)


def _samples(registry: CollectorRegistry) -> list[str]:
    return [line for line in generate_latest(registry).decode().splitlines() if "_created" not in line]
