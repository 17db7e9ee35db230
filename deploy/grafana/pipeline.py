"""Pipeline: how Marsad itself does."""

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.models import units

from deploy.grafana.panels import heat_map, lines, listing, now, number, over_time
from deploy.grafana.parts import choices, frame

OF = 'instance=~"$instance"'


def dashboard() -> builders.Dashboard:
    """Return the dashboard."""
    made = frame("pipeline", "Pipeline", "Throughput, lag, latency and errors of Marsad, of Redis and of Kafka.")
    made = made.with_variable(choices("instance", "Worker", "label_values(marsad_build_info, instance)"))
    return _processes(_workers(_servers(_latency(_articles(_throughput(made))))))


def _throughput(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("Throughput and lag"))
    return made.with_panel(
        lines("Articles by worker", "Messages that each worker read from the Kafka topic of articles.", "articles/s",
              [over_time(f"sum by (instance) (rate(marsad_articles_consumed_total{{{OF}}}[$__rate_interval]))",
                         "{{instance}}")])
    ).with_panel(
        lines("Articles that wait, by partition", "Messages that are not processed yet.", units.Short,
              [over_time("max by (partition) (marsad_consumer_lag)", "partition {{partition}}")],
              steps=((10_000, "red"),))
    )  # fmt: skip


def _articles(made: builders.Dashboard) -> builders.Dashboard:
    became = (("duplicate", "again"), ("revised", "revised"), ("too_old", "too old"))
    return made.with_panel(
        lines("What became of articles", "Articles that came again, brought new tags, or were too old to count.",
              "articles/s", [over_time(f"sum(rate(marsad_articles_{what}_total{{{OF}}}[$__rate_interval]))", name)
                             for what, name in became], width=8)
    ).with_panel(
        lines("Dead letters", "Messages that are no articles, by their reason.", "messages/s",
              [over_time("marsad:dead_letters:rate5m", "{{reason}}")], width=8, stacked=True)
    ).with_panel(
        lines("Behind", "How old the oldest article is that is not processed.", units.Seconds,
              [over_time("marsad:behind:seconds", "behind")], width=8, steps=((3_600, "red"),))
    )  # fmt: skip


def _latency(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("Latency"))
    made = made.with_panel(
        heat_map("A batch, from reading to its last effect", "How long batches took.", units.Seconds,
                 "marsad_article_done_seconds")
    ).with_panel(
        heat_map("Age of articles", "How old new articles were when they were seen.", units.Seconds,
                 "marsad_article_age_seconds")
    )  # fmt: skip
    made = made.with_panel(
        lines("Stages of a batch", "How long a batch took in each stage, on average: read and tag, wait for its turn, "
              "stories, counts and judging in Redis, publishing to Kafka.", units.Seconds,
              [over_time("marsad:batch_stage_seconds:mean5m", "{{stage}}")])
    )  # fmt: skip
    size = _ratio("marsad_batch_articles_sum", "marsad_batch_articles_count")
    rules = _ratio("marsad_rules_evaluated_total", "marsad_articles_tagged_total")
    return made.with_panel(
        lines("Articles of a batch, rules of an article", "Articles that a batch holds, and rules that an article is "
              "held against, on average.", units.Short, [over_time(size, "articles"), over_time(rules, "rules")])
    )  # fmt: skip


def _servers(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("Redis and Kafka"))
    made = made.with_panel(
        lines("Servers that answer", "1 while the server has answered every worker within 15 seconds.", units.Short,
              [over_time(f"min by (service) (marsad_server_up{{{OF}}})", "{{service}}")])
    ).with_panel(
        lines("Errors", "Attempts that failed and are made again, and what the Kafka client warned of.", "errors/min",
              [over_time(f"60 * sum by (service) (rate(marsad_errors_total{{{OF}}}[$__rate_interval]))", "{{service}}"),
               over_time(f"60 * sum(rate(marsad_kafka_client_errors_total{{{OF}}}[$__rate_interval]))", "Kafka client"),
               over_time(f"60 * sum(rate(marsad_assignment_errors_total{{{OF}}}[$__rate_interval]))", "assignments")],
              steps=((1, "red"),))
    )  # fmt: skip
    made = made.with_panel(
        lines("Redis's memory", "What Redis holds, and what it may hold; 0 is no limit.", units.BytesIEC,
              [over_time("max(marsad_redis_memory_bytes)", "holds"),
               over_time("max(marsad_redis_memory_limit_bytes)", "may hold")])
    )  # fmt: skip
    commits = _ratio("marsad_commit_seconds_sum", "marsad_commit_seconds_count")
    return made.with_panel(
        lines("Commits", "How long a commit of offsets took, on average.", units.Seconds,
              [over_time(commits, "commit")])
    )  # fmt: skip


def _workers(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("Workers"))
    return made.with_panel(
        number("Ready", "Workers of the group that can do their work.", units.Short,
               over_time('max(marsad_workers{state="ready"})', "workers"))
    ).with_panel(
        number("Not ready", "Workers that run and cannot do their work.", units.Short,
               over_time('max(marsad_workers{state="not_ready"})', "workers"), steps=((1, "red"),))
    ).with_panel(
        number("Lost", "Workers that have told the group nothing for ten seconds.", units.Short,
               over_time('max(marsad_workers{state="lost"})', "workers"), steps=((1, "red"),))
    ).with_panel(
        number("Rebalances", "How often partitions were handed out anew in the time shown.", units.Short,
               now("sum(increase(marsad_rebalance_seconds_count[$__range]))", "rebalances"))
    ).with_panel(
        number("Last batch", "How long ago the last batch of all workers was done.", units.Seconds,
               over_time("time() - max(marsad_last_batch_timestamp_seconds > 0)", "ago"))
    ).with_panel(
        number("Slowest event loop", "How long ago the slowest worker's event loop turned.", units.Seconds,
               over_time(f"max(marsad_loop_silent_seconds{{{OF}}})", "ago"), steps=((10, "yellow"), (30, "red")))
    )  # fmt: skip


def _processes(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_panel(
        lines("Processor", "Processor time of each worker; 1 is a whole core.", units.PercentUnit,
              [over_time(f'rate(process_cpu_seconds_total{{job="marsad", {OF}}}[$__rate_interval])', "{{instance}}")],
              width=8, steps=((0.9, "red"),))
    ).with_panel(
        lines("Memory", "Memory that each worker holds.", units.BytesIEC,
              [over_time(f'process_resident_memory_bytes{{job="marsad", {OF}}}', "{{instance}}")], width=8)
    )  # fmt: skip
    return made.with_panel(
        listing("Versions", "What runs.", units.Short,
                {"workers": f"count by (version, python, faust) (marsad_build_info{{{OF}}})"}, width=8)
    )  # fmt: skip


def _ratio(part: str, whole: str) -> str:
    return " / ".join(f"sum(rate({name}{{{OF}}}[$__rate_interval]))" for name in (part, whole))
