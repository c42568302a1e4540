"""How long a client will wait."""

import pytest

from deckgen.domain.estimates import estimate_seconds, in_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "under a minute"),
        (60, "1-2 minutes"),
        (150, "2-5 minutes"),
        (1800, "21-51 minutes"),
        (7200, "1-4 hours"),
    ],
)
def test_in_words(seconds: int, words: str) -> None:
    """A range that a person would give."""
    assert in_words(seconds) == words


def test_the_queue_ahead_counts() -> None:
    """Ten jobs ahead on two slots are five rounds of waiting before the own one."""
    assert estimate_seconds(recent_seconds=10, jobs_ahead=10, slots=2) == 60


def test_an_idle_queue_takes_one_job() -> None:
    """Without any experience a default is given."""
    assert estimate_seconds(recent_seconds=None, jobs_ahead=0, slots=2) > 0
