"""What the service counts, for Prometheus. Never a name, a size or an address: only numbers."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from catdog_sorter.labels import UNREADABLE, Label

FAILED, GIVEN_UP = "failed", "given_up"


class Meters:
    """Counters of one service; every photo taken in is counted once by what became of it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "catdog_requests",
            "Answers, by their status.",
            ["path", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "catdog_request_seconds",
            "From a request's first line to its answer, for /classify.",
            registry=self.registry,
        )
        self.photos = Counter(
            "catdog_photos",
            "By label; unreadable; failed, which is no fault of theirs; or given up, as time ran "
            "out or the asker went.",
            ["outcome"],
            registry=self.registry,
        )
        for outcome in (*Label, UNREADABLE, FAILED, GIVEN_UP):
            self.photos.labels(outcome)
        self.waiting = Gauge(
            "catdog_photos_waiting", "Photos that no decoder has taken yet.", registry=self.registry
        )
        self.batches = Histogram(
            "catdog_batch_photos",
            "Photos that went through the network at once.",
            buckets=(1, 2, 4, 8, 16),
            registry=self.registry,
        )
