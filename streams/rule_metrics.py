"""What a worker shows of its rules."""

from prometheus_client import CollectorRegistry, Counter, Gauge

from streams.inforce import Reading


class RuleMetrics:
    """The rules in force, and how often they were read and looked at."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.in_force = Gauge("marsad_rules", "Rules in force.", registry=registry)
        self.refused = Gauge(
            "marsad_rules_refused", "Problems that keep the rule files from being in force.", registry=registry
        )
        self.readings = Counter(
            "marsad_rule_reloads_total", "Times that changed rule files were read.", ["result"], registry=registry
        )
        self.evaluated = Counter(
            "marsad_rules_evaluated_total", "Times that an article was held against a rule.", registry=registry
        )
        for reading in Reading:
            self.readings.labels(reading)
