"""What /metrics says, and which metrics there are."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from deckgen.domain.jobs import JobCounts, QueueMetrics
from deckgen.observability.metrics import PROCESS
from deckgen.orchestrator.model.metrics import Metrics
from deckgen.queue.demand import Collected, QueueFigures
from deckgen.store.jobs import Demand, Figures

PROMTOOL = shutil.which("promtool")
needs_promtool = pytest.mark.skipif(PROMTOOL is None, reason="needs Debian's prometheus")
FIGURES = QueueFigures(
    Figures(JobCounts(), QueueMetrics(), paused=False, reason=""), Demand(0, 0, 0, None), 2
)


@dataclass(frozen=True)
class Described:
    """A metric with its labels, and the endings that its samples have beside their name."""

    name: str
    kind: str
    labels: frozenset[str]

    @property
    def samples(self) -> dict[str, frozenset[str]]:
        """The labels of its samples, by their names."""
        match self.kind:
            case "counter":
                return {f"{self.name}_total": self.labels}
            case "info":
                return {f"{self.name}_info": self.labels}
            case "histogram":
                endings = {"bucket": self.labels | {"le"}, "count": self.labels, "sum": self.labels}
                return {f"{self.name}_{ending}": labels for ending, labels in endings.items()}
        return {self.name: self.labels}


def described() -> list[Described]:
    """All metrics of deckgen, whether they have been counted or not."""
    model = CollectorRegistry()
    Metrics(model)
    return [*_of(PROCESS), *_of(model), *_gauges()]


def _of(registry: CollectorRegistry) -> Iterator[Described]:
    for collector in registry._collector_to_names:
        of: Any = collector
        if hasattr(of, "_labelnames"):
            labels = {"version"} if of._type == "info" else of._labelnames
            yield Described(of._name, of._type, frozenset(labels))


def _gauges() -> Iterator[Described]:
    for metric in Collected(FIGURES).collect():
        labels = {name for sample in metric.samples for name in sample.labels}
        yield Described(metric.name, "gauge", frozenset(labels))


def read(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """The samples of an answer, by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(text: str, name: str, **labels: str) -> float:
    """Of one sample; 0 if it was not counted so far."""
    return read(text).get((name, frozenset(labels.items())), 0.0)
