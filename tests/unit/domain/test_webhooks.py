"""What is posted to a webhook, and when it is posted again."""

from datetime import UTC, datetime

import pytest

from deckgen.config.checks import check_secret
from deckgen.domain.webhook_endpoints import new_secret
from deckgen.domain.webhooks import WAITS, notification, told, wait_after

IDS = {"job_id": "j", "deck_id": "d", "user_id": "u"}
AT = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_failed_job() -> None:
    """The body names job, deck and user, and why there is no deck."""
    data = {"code": "no_rows", "message": "There are no rows.", "worker": "w"}
    assert notification("job.failed", data, AT, **IDS).to_json() == {
        "type": "job.failed",
        "timestamp": "2026-01-01T00:00:00Z",
        "data": {
            "jobId": "j",
            "deckId": "d",
            "userId": "u",
            "status": "failed",
            "deckUrl": "/api/presentations/d",
            "error": {"code": "no_rows", "message": "There are no rows."},
        },
    }


@pytest.mark.parametrize("kind", ["job.completed", "job.cancelled"])
def test_the_other_ends(kind: str) -> None:
    """They have no error, and the status that the API says too."""
    told = notification(kind, {}, AT, **IDS)
    assert (told.type, told.data.status, told.data.error) == (kind, kind.removeprefix("job."), None)


def test_the_schedule_is_about_a_day() -> None:
    """Attempts come ever more seldom, the last one about a day after the first."""
    assert list(WAITS) == sorted(WAITS)
    assert 23 * 3600 < sum(WAITS) < 25 * 3600
    waits = [wait_after(number) for number in range(1, len(WAITS) + 1)]
    assert all(
        wait is not None and 0.8 * planned <= wait <= 1.2 * planned
        for wait, planned in zip(waits, WAITS, strict=True)
    )
    assert wait_after(len(WAITS) + 1) is None


def test_waits_are_spread() -> None:
    """Deliveries that failed together are not all repeated together."""
    assert len({wait_after(2) for _ in range(20)}) > 1


def test_what_the_receiver_asks_for_is_respected() -> None:
    """Up to the longest wait; never less than planned, and nothing beyond the last attempt."""
    assert wait_after(1, 600) == 600
    assert wait_after(1, 1e12) == max(WAITS)
    assert (wait_after(2, -5) or 0) > 200
    assert wait_after(len(WAITS) + 1, 600) is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:pa55@host.example/path?x=1#f", "https://host.example/path"),
        ("https://user@host.example:8443/", "https://host.example:8443/"),
        ("http://u:p@[2606:2800:21f::1]:80/a/b?c=d", "http://[2606:2800:21f::1]:80/a/b"),
        ("https://a@b:c@host.example?x", "https://host.example"),
    ],
)
def test_what_is_told_of_a_url(url: str, shown: str) -> None:
    """Scheme, host and path: no user, no password, no query and no fragment."""
    assert told(url) == shown


def test_a_new_secret() -> None:
    """It has the form of Standard Webhooks, and is no other's."""
    made = {new_secret() for _ in range(10)}
    assert len(made) == 10
    for secret in made:
        check_secret(secret)
