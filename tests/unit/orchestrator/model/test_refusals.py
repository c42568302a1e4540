"""What a refusal of the provider means, by its status and its words."""

import pytest

from deckgen.orchestrator.model.call_outcomes import CallOutcome, Means
from deckgen.orchestrator.model.refusals import MAX_WAIT_SECONDS, of_error, of_status, retry_after


@pytest.mark.parametrize("has_words", [True, False])
def test_every_status_means_something(has_words: bool) -> None:
    """And says so: only what passes is waited for, and what may be paid for is no refusal."""
    errors = {status: of_status(status, "", has_words=has_words) for status in range(300, 600)}
    assert not any("{" in error.sentence for error in errors.values())
    assert {errors[status].means for status in (401, 402, 403, 404, 413)} == {Means.FOR_GOOD}
    lost = {status for status, error in errors.items() if error.means is Means.LOST}
    assert min(lost - {408}) >= 500


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        (429, "Rate limit reached for requests", CallOutcome.RATE_LIMITED),
        (429, "{'code': 'insufficient_quota'}", CallOutcome.NO_BALANCE),
        (400, "Insufficient Balance", CallOutcome.NO_BALANCE),
        (400, "This model's maximum context length is 1024 tokens", CallOutcome.CONTEXT),
        (413, "prompt is too long", CallOutcome.CONTEXT),
        (413, "Request too large", CallOutcome.TOO_LARGE),
        (422, "extra_forbidden", CallOutcome.REFUSED),
        (500, "The server had an error", CallOutcome.SERVER_ERROR),
        (503, "overloaded", CallOutcome.SERVER_ERROR),
        (504, "", CallOutcome.GATEWAY),
        (503, "overloaded; you asked: did insufficient credit cause it?", CallOutcome.SERVER_ERROR),
        (429, "context window tokens per minute exceeded", CallOutcome.RATE_LIMITED),
    ],
)
def test_words_tell_more_than_the_status(status: int, said: str, outcome: CallOutcome) -> None:
    """As far as they are known."""
    assert of_status(status, said).outcome is outcome


def test_a_page_with_an_error_is_a_gateways() -> None:
    """What stands behind it may have worked; a service that is not available has not."""
    assert of_status(500, "", has_words=False).outcome is CallOutcome.GATEWAY
    assert of_status(503, "", has_words=False).outcome is CallOutcome.SERVER_ERROR


@pytest.mark.parametrize("error", [RuntimeError("x"), KeyError("x"), RecursionError()])
def test_errors_that_nobody_expects(error: Exception) -> None:
    """They have a name too, and may be paid for."""
    assert of_error(error).outcome is CallOutcome.UNEXPECTED
    assert of_error(error).means is Means.LOST


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("1e300", MAX_WAIT_SECONDS),
        ("inf", MAX_WAIT_SECONDS),
        ("nan", None),
        ("-1", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        (None, None),
    ],
)
def test_how_long_to_wait(value: str | None, seconds: float | None) -> None:
    """As the provider says in seconds, but no longer than makes sense."""
    assert retry_after(value) == seconds
