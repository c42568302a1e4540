"""The figures of the queue for Prometheus, and how many workers it wants."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from deckgen.config.settings import Settings
from deckgen.store import away, jobs
from deckgen.store import pool as store
from deckgen.store.jobs import Demand, Figures

MOST_RUNNABLE = 10_000  # counted: no fleet grows beyond so many places at once


@dataclass(frozen=True)
class QueueFigures:
    """What the database says of the queue; it is everybody's, so each API tells the same."""

    figures: Figures
    demand: Demand
    concurrency: int  # of a worker

    @property
    def wanted_workers(self) -> int:
        """The workers that would run all that could run now: a fleet scales by it."""
        return math.ceil(self.demand.runnable / self.concurrency)

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges."""
        metrics, demand = self.figures.metrics, self.demand
        by_status = _gauge("deckgen_queue_jobs", "Jobs in the database by status", "status")
        for status, count in self.figures.counts.model_dump().items():
            by_status.add_metric([status], count)
        yield by_status
        workers = _gauge("deckgen_queue_workers", "Workers that live; some may take no job", "takes")
        workers.add_metric(["yes"], demand.taking)
        workers.add_metric(["no"], metrics.workers - demand.taking)
        yield workers
        for name, text, value in (
            ("oldest_waiting_seconds", "Age of the oldest waiting job", metrics.oldest_waiting_seconds),
            ("paused", "1 while nothing new is started", self.figures.paused),
            ("places", "Jobs that the workers that take any can run at a time", demand.places),
            ("runnable_jobs", "Jobs that run, or would if there were a place", demand.runnable),
            ("wanted_workers", "Workers that would run all of these", self.wanted_workers),
        ):
            yield GaugeMetricFamily(f"deckgen_queue_{name}", text, value)


class Collected:
    """The gauges of one scrape; without an answer of the database, that it gives none."""

    def __init__(self, found: QueueFigures | None) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "deckgen_database_up", "1 if the database answered", self._found is not None
        )
        if self._found is not None:
            yield from self._found.collect()


async def queue_figures(database: store.Pool, settings: Settings) -> QueueFigures:
    """Returns the figures; Unavailable while the database can't be reached."""
    async with away.database():
        figures = await jobs.figures(database)
        demand = await jobs.demand(
            database, user_concurrency=settings.user_concurrency, limit=MOST_RUNNABLE
        )
    return QueueFigures(figures, demand, demand.concurrency or settings.queue_concurrency)


def _gauge(name: str, text: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, labels=[label])
