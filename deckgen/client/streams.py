"""Where one stands with a job that is followed, and how long a server that is away is waited for."""

import time
from collections.abc import Callable

import httpx

from deckgen.client.answers import is_completed, problem, understanding
from deckgen.domain.errors import DeckgenError, Unavailable
from deckgen.domain.event_data import JobEvent
from deckgen.domain.jobs import Job

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds until the next try
FIRST_LOOK, LONGEST_LOOK, SLOWER = 0.1, 1.0, 1.3  # seconds between two looks at a job
SILENCE_SECONDS = 60.0  # the server says something every 15, so this connection is dead


class Patience:
    """Says how long to wait before the next try, until a server was away for `seconds`.

    A server that never answered is none to wait for.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: float | None = 0.0
        self._pause = FIRST_PAUSE

    def renew(self) -> None:
        """Note that the server has answered."""
        self._until, self._pause = None, FIRST_PAUSE

    def pause(self, lost: DeckgenError) -> float:
        """Returns the seconds to wait; raises `lost` when patience is over."""
        now = time.monotonic()
        if self._until is None:
            self._until = now + self._seconds
        if now >= self._until:
            raise lost
        pause = max(self._pause, lost.retry_after or 0)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        return min(pause, self._until - now)


class EventStream:
    """Reads the lines of Server-Sent Events, on as many connections as it takes."""

    def __init__(self, job_id: str, after: int, patience: Patience) -> None:
        self._job_id = job_id
        self._number = after
        self._patience = patience
        self._id, self._data = "", ""
        self.is_over = False

    @property
    def headers(self) -> dict[str, str]:
        """Those of a request that goes on where the last one was cut off."""
        return {"Last-Event-ID": str(self._number)} if self._number else {}

    def opened(self, answer: httpx.Response) -> None:
        """Look at the beginning of an answer; raises the error that it is."""
        if not answer.is_success:
            raise problem(answer)
        self._id, self._data = "", ""
        self.is_over = answer.status_code == httpx.codes.NO_CONTENT  # its end was heard before

    def heard(self, line: str) -> JobEvent | None:
        """Returns the event that a line completes. What has no id is told again under another name."""
        self._patience.renew()
        name, _, value = line.partition(": ")
        if name == "id":
            self._id = value
        elif name == "data":
            self._data = value
        elif not line:
            told, self._id, self._data = (self._id and self._data), "", ""
            return self._event(told) if told else None
        return None

    def _event(self, told: str) -> JobEvent:
        with understanding(f"the events of the job {self._job_id}"):
            event = JobEvent.model_validate_json(told, extra="ignore")
        self._number = event.number
        self.is_over = event.is_terminal  # unless another one follows: the job was retried
        return event

    def pause(self, lost: DeckgenError | None) -> float:
        """Returns the seconds to wait before the next connection; raises when patience is over."""
        self.is_over = False
        stopped = f"The events of the job {self._job_id} stop before its end."
        return self._patience.pause(lost or Unavailable(stopped))


def untold(job: Job) -> None:
    """Tell nobody."""


class Looks:
    """The looks at a job until its end, of which each new one is a little later.

    A stream of events would tell the end at once, but a key may have few of them open.
    """

    def __init__(self, patience: Patience, on_progress: Callable[[Job], None]) -> None:
        self._patience = patience
        self._tell = on_progress
        self._next = FIRST_LOOK
        self._last: Job | None = None

    def seen(self, job: Job) -> bool:
        """Tell a state of the job; returns if it is completed, and raises if it ended otherwise."""
        self._patience.renew()
        self._last = job
        self._tell(job)
        return is_completed(job)

    def pause(self, lost: DeckgenError | None) -> float:
        """Returns the seconds until the next look; raises when patience is over."""
        if lost:
            if self._last:
                self._tell(self._last)  # whoever is told may know that the server never comes back
            return self._patience.pause(lost)
        pause, self._next = self._next, min(SLOWER * self._next, LONGEST_LOOK)
        return pause
