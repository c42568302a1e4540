"""What people are told of a deck that a model was to write."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from rich.console import Console

from deckgen.dev.screen import tell_end
from deckgen.domain.jobs import Job, JobStatus, ModelWork, Progress

SLOW = "The model took too long [60 s]."
WROTE, KEPT = {"engine": "model"}, {"fallback": True, "reason": SLOW}


def work(*made: dict[str, Any]) -> ModelWork | None:
    return ModelWork.of(
        {"slides": [{"id": f"s{n}", "made": one} for n, one in enumerate(made, start=1)]}
    )


def told(model: ModelWork | None) -> list[str]:
    """What the commands print."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    times = {"created_at": now, "started_at": now, "finished_at": now, "run_after": None}
    job = Job(
        job_id="j",
        deck_id="d",
        user_id="u",
        status=JobStatus.COMPLETED,
        priority=5,
        progress=Progress(percent=100, steps=[]),
        attempts=1,
        max_attempts=3,
        error=None,
        history=[],
        model=model,
        **times,
    )
    written = io.StringIO()
    tell_end(Console(file=written, width=40), job)
    return written.getvalue().splitlines()


@pytest.mark.parametrize("made", [[], [{"engine": "offline"}, {}], [WROTE, WROTE]])
def test_nothing_to_tell(made: list[dict[str, Any]]) -> None:
    """Of a deck without a model, and of one that is all the model's."""
    assert told(work(*made)) == []


def test_slides_that_kept_the_drafts_words() -> None:
    """How many there are, which, and why, in whole lines."""
    assert told(work(WROTE, KEPT, KEPT)) == [
        "2 of 3 slides kept the draft's words:",
        f"  s2, s3: {SLOW}",
    ]


def test_a_storyline_that_is_the_drafts() -> None:
    """The title says so, although all slides are the model's."""
    lines = told(work({"reason": "The order is the draft's."}, WROTE))
    assert lines == ["The model wrote the slides, but:", "  s1: The order is the draft's."]
