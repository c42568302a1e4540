"""The command that deletes, against a server that notes what it is asked."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from deckgen.cli import app
from deckgen.client import http
from deckgen.client.http import Client

RECEIPT: dict[str, Any] = {
    "deletionId": "2f6c9f0e-1c1b-4f57-9a0e-6a8e6c1f2b3d",
    "what": "deck",
    "id": "q3",
    "requestedBy": "key:3f9aZk2P",
    "requestedAt": "2026-01-31T12:00:00Z",
    "completedAt": "2026-01-31T12:00:00Z",
    "counts": {"decks": 1, "jobs": 3},
    "url": "/api/deletions/2f6c9f0e-1c1b-4f57-9a0e-6a8e6c1f2b3d",
}
Answered = Callable[..., list[tuple[str, str, bytes]]]


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Answered:
    """Lets the server answer with a receipt; returns the list of what it is asked."""

    def by(status: int = 200, **changed: Any) -> list[tuple[str, str, bytes]]:
        asked: list[tuple[str, str, bytes]] = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append((request.method, request.url.raw_path.decode(), request.content))
            return httpx.Response(status, json=RECEIPT | changed)

        transport = httpx.MockTransport(answer)
        monkeypatch.setattr(http, "Client", lambda url, key: Client(url, key, transport=transport))
        return asked

    return by


def said(*arguments: str, answer: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(app.app, ["delete", *arguments], input=answer)
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("what", "target", "path", "body"),
    [
        ("deck", "q3", "/api/presentations/q3", b""),
        ("user", "a/b", "/api/users/a%2Fb", b""),
        ("tenant", "acme", "/api/tenant", b'{"tenant":"acme"}'),
    ],
)
def test_what_is_asked(what: str, target: str, path: str, body: bytes, answered: Answered) -> None:
    """Each kind has its request; a tenant is named in the body, so the server compares it."""
    asked = answered()
    assert said(what, target, "--yes")[0] == 0
    assert asked == [("DELETE", path, body)]


def test_the_receipt(answered: Answered) -> None:
    """It says what went, and whether the rest goes by itself."""
    answered()
    _, text = said("deck", "q3", "--yes")
    assert "1 decks, 3 jobs." in text
    assert RECEIPT["deletionId"] in text
    assert "by itself" not in text
    answered(202, completedAt=None)
    assert "by itself" in said("user", "me", "--yes")[1]


def test_it_asks_first(answered: Answered) -> None:
    """Nothing is deleted without a yes; the name is shown without its control characters."""
    asked = answered()
    code, text = said("deck", "q3\x1b[2J", answer="n\n")
    assert (code, asked) == (1, [])
    assert "\x1b[2J" not in text
    assert said("deck", "q3", answer="y\n")[0] == 0
    assert len(asked) == 1
