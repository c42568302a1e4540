"""How many previews, questions and templates are in flight: of one caller, and of this process."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from deckgen.config.settings import Settings
from deckgen.domain.access import Caller
from deckgen.domain.errors import TooManyRequests


class PreviewLimits:
    """Counts all together; TooManyRequests beyond a limit. Without keys everybody is one caller."""

    def __init__(self, settings: Settings, *, knows_callers: bool) -> None:
        self._of_process = settings.max_previews
        self._of_caller = settings.key_previews if knows_callers else settings.max_previews
        self._seconds = settings.preview_seconds
        self._in_flight: Counter[Caller] = Counter()

    @contextmanager
    def one_more(self, caller: Caller) -> Iterator[None]:
        """Count one for as long as the block runs."""
        if self._in_flight[caller] >= self._of_caller:
            raise self._too_many("You have", self._in_flight[caller])
        if self._in_flight.total() >= self._of_process:
            raise self._too_many("This server has", self._in_flight.total())
        self._in_flight[caller] += 1
        try:
            yield
        finally:
            self._in_flight[caller] -= 1
            if not self._in_flight[caller]:
                del self._in_flight[caller]

    def _too_many(self, who: str, number: int) -> TooManyRequests:
        return TooManyRequests(
            f"{who} {number} previews, questions and uploaded templates in flight. "
            "Send this one again a little later.",
            code="too_many_previews",
            retry_after=self._seconds,
        )
