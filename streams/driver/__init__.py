"""The batch driver: a transport for Faust whose agents receive lists of records.

Faust's own consumer spends most of its time per message. This one hands over all that was fetched of a Kafka topic,
from whichever partitions, as one message that holds a list. What keeps it exact:

- Records of a partition stay in order. What was fetched and no agent has taken yet waits in the backlog. Nothing is
  handed out further than two batches ahead, and nothing fetched while a batch's worth waits, so that memory is bounded
  and a slow agent gets fuller batches.
- A batch is done when its agent acknowledges it. The ledger remembers what was handed out of each partition, in order;
  what may be committed is the end of the longest prefix that is done, with the gaps that follow it. A rewind hands out
  again and takes no commit back.
- Whoever moves a partition's position (a seek, a new assignment) does so in the consumer's thread and begins a new turn
  of it; what was read in an earlier turn is dropped, however late it comes.
- Before partitions are given up, at a rebalance or an orderly end, nothing more is handed out, what is out is given
  some time to be done, and that is committed; the rest is forgotten, and read again by whoever owns it next.

It relies on inner parts of faust-streaming 0.15 and aiokafka 0.14, which is why `pyproject.toml` pins them and
`tests/streams/driver/test_internals.py` watches them.
"""

from streams.driver.app import SCHEME, BatchApp
from streams.driver.consumer import AHEAD, HANDOVER

__all__ = ["AHEAD", "HANDOVER", "SCHEME", "BatchApp"]
