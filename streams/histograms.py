"""A histogram that takes the values of a whole batch at once."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import inf

from prometheus_client import CollectorRegistry
from prometheus_client.core import HistogramMetricFamily
from prometheus_client.registry import Collector


class BatchHistogram(Collector):
    """Counts values by bucket: for each a step of a dict, and one lock a batch."""

    def __init__(self, name: str, documentation: str, buckets: Sequence[float], registry: CollectorRegistry) -> None:
        self._name = name
        self._documentation = documentation
        self._bounds = [*buckets, inf]
        self._counts = [0] * len(self._bounds)
        self._sum = 0.0
        self._lock = threading.Lock()
        registry.register(self)

    def observe_all(self, values: Iterable[float]) -> None:
        """Count values."""
        found = [*values]
        places = Counter(bisect_left(self._bounds, value) for value in found)
        with self._lock:
            for place, number in places.items():
                self._counts[place] += number
            self._sum += sum(found)

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """Yield it as Prometheus has it: each bucket with those below."""
        with self._lock:
            counts, total = [*self._counts], self._sum
        names = ("+Inf" if bound == inf else str(float(bound)) for bound in self._bounds)
        buckets = [*zip(names, map(float, accumulate(counts)), strict=True)]
        yield HistogramMetricFamily(self._name, self._documentation, buckets=buckets, sum_value=total)
