"""The service's Prometheus metrics: numbers only, never a name or an address."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from catdog_sorter.labels import UNREADABLE, Label

FAILED, GIVEN_UP = "failed", "given_up"


class Metrics:
    """Metrics of one service; every accepted photo is counted once, by its outcome."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "catdog_requests",
            "Responses, by status.",
            ["path", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "catdog_request_seconds",
            "Duration of /classify requests.",
            registry=self.registry,
        )
        self.photos = Counter(
            "catdog_photos",
            "Photos by outcome: a label; unreadable; failed, by an error of the service; or "
            "given_up, as time ran out or the client disconnected.",
            ["outcome"],
            registry=self.registry,
        )
        for outcome in (*Label, UNREADABLE, FAILED, GIVEN_UP):
            self.photos.labels(outcome)
        self.waiting = Gauge(
            "catdog_photos_waiting", "Photos that wait for a decoder.", registry=self.registry
        )
        self.batches = Histogram(
            "catdog_batch_photos",
            "Photos per network call.",
            buckets=(1, 2, 4, 8, 16),
            registry=self.registry,
        )
