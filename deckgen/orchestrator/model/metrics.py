"""The metrics of an orchestrator's calls to the model, for Prometheus at /metrics."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from deckgen.domain.model_calls import Call

ANSWERED = "answered"
SECONDS = (0.5, 1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """Counts since this process started; bills are made from the account in the database."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answered = Counter(
            "deckgen_model_calls", "Answered calls", ["model", "shape"], registry=registry
        )
        self._failed = Counter(
            "deckgen_model_failures",
            "Calls that were not answered",
            ["model", "outcome"],
            registry=registry,
        )
        self._tokens = Counter(
            "deckgen_model_tokens",
            "Tokens of answered calls; cached ones are part of those that went in",
            ["model", "kind"],
            registry=registry,
        )
        self._cost = Counter(
            "deckgen_model_cost_dollars", "Cost of answered calls", ["model"], registry=registry
        )
        self._seconds = Histogram(
            "deckgen_model_call_seconds",
            "Time of calls by their outcome; `answered` is one of them",
            ["model", "outcome"],
            buckets=SECONDS,
            registry=registry,
        )
        self._open = Gauge(
            "deckgen_model_circuit_open",
            "1 while the model is not called because it is down",
            registry=registry,
        )

    def answered(self, call: Call, shape: str) -> None:
        self._answered.labels(call.model, shape).inc()
        for kind, count in (
            ("in", call.tokens_in),
            ("cached", call.tokens_cached),
            ("out", call.tokens_out),
        ):
            self._tokens.labels(call.model, kind).inc(count)
        self._cost.labels(call.model).inc(call.cost or 0.0)
        self._seconds.labels(call.model, ANSWERED).observe(call.seconds)

    def failed(self, model: str, outcome: str, seconds: float) -> None:
        self._failed.labels(model, outcome).inc()
        self._seconds.labels(model, outcome).observe(seconds)

    def circuit(self, *, is_open: bool) -> None:
        self._open.set(is_open)
