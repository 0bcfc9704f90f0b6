"""What is counted: requests, suggestions and what became of cards. Never anything that was sent."""

from fastapi import Request
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest

from rhrt.suggestion import Suggestion

SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0)
"""The steps in which the time of an answer is counted."""


class Metrics:
    """The counts of one service, with a registry of its own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Counter(
            "rhrt_requests", "Requests answered.", ["method", "route", "status"], registry=registry
        )
        self._seconds = Histogram(
            "rhrt_answer_seconds", "How long an answer took.", ["route"], buckets=SECONDS, registry=registry
        )
        self._suggestions = Counter(
            "rhrt_suggestions", "Suggestions made.", ["route", "rulebook", "level"], registry=registry
        )
        self._suggested: dict[tuple[str, str, int | str], Counter] = {}
        self._feedback = Counter("rhrt_cards", "What became of cards.", ["outcome", "reason"], registry=registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def suggested(self, route: str, suggestion: Suggestion) -> None:
        """Count a suggestion by its level."""
        of = route, suggestion.rulebook.id, suggestion.level or "none"
        if of not in self._suggested:
            self._suggested[of] = self._suggestions.labels(*of)
        self._suggested[of].inc()

    def card(self, outcome: str, reason: str) -> None:
        """Count what became of a card; `reason` is a code of a rulebook, or a word of our own."""
        self._feedback.labels(outcome, reason).inc()

    def text(self) -> bytes:
        """Give the counts in the text format of Prometheus."""
        return generate_latest(self._registry)


def metrics_of(request: Request) -> Metrics:
    """Give the counts of the service that a request came to."""
    metrics: Metrics = request.app.state.metrics
    return metrics
