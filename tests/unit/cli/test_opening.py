"""`deckgen open`: the address of a deck, and a browser where there is a display."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.client import http
from deckgen.client.http import Client
from deckgen.domain.errors import InvalidRequest, NotFound
from tests.unit.client.test_http import told


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was given; there is no display unless a test says so."""
    addresses: list[str] = []
    monkeypatch.setattr("webbrowser.open", addresses.append)
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return addresses


def answering(monkeypatch: pytest.MonkeyPatch, answer: httpx.Response) -> list[httpx.Request]:
    """Have a server give this answer; the requests to it."""
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer

    transport = httpx.MockTransport(handle)
    monkeypatch.setattr(http, "Client", lambda url, key: Client(url, key, transport=transport))
    return asked


def open_(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["open", *arguments])


def test_a_deck_of_a_server(monkeypatch: pytest.MonkeyPatch, opened: list[str]) -> None:
    """Its page is printed, and given to the browser only where that has a window."""
    answering(monkeypatch, told())
    assert open_("d1", "--url", "http://x/").output == "http://x/decks/d1\n"
    assert opened == []
    monkeypatch.setenv("DISPLAY", ":0")
    assert open_("d1", "--url", "http://x").output == "http://x/decks/d1\n"
    assert opened == ["http://x/decks/d1"]


def test_a_deck_that_is_not_there(monkeypatch: pytest.MonkeyPatch, opened: list[str]) -> None:
    """Nothing is opened that would show an error."""
    monkeypatch.setenv("DISPLAY", ":0")
    answering(monkeypatch, httpx.Response(404, json={"detail": "There is no deck.", "code": "x"}))
    assert isinstance(open_("d1").exception, NotFound)
    assert opened == []


def test_a_link(monkeypatch: pytest.MonkeyPatch, opened: list[str]) -> None:
    """With --share it is a link of one day, as a browser has no key."""
    times = {"createdAt": "2026-01-01T00:00:00Z", "expiresAt": "2026-01-02T00:00:00Z"}
    link: dict[str, Any] = {
        "shareId": "s",
        "deckId": "d1",
        "revokedAt": None,
        "url": "/share/t",
        **times,
    }
    asked = answering(monkeypatch, httpx.Response(201, json=link))
    shown = open_("d1", "--share", "--url", "http://x", "--api-key", "k").output
    assert shown == "http://x/share/t\n"
    assert json.loads(asked[0].content) == {"expiresInDays": 1}
    assert asked[0].headers["authorization"] == "Bearer k"


def test_a_file(tmp_path: Path, opened: list[str]) -> None:
    """A page or a PDF is opened from its place; other forms, and what is not there, are refused."""
    for name in ("a deck.html", "deck.json"):
        (tmp_path / name).touch()
    shown = open_(str(tmp_path / "a deck.html")).output
    assert shown == f"{tmp_path.as_uri()}/a%20deck.html\n"
    for refused, words in (("deck.json", "does not show"), ("none.html", "no file")):
        error = open_(str(tmp_path / refused)).exception
        assert isinstance(error, InvalidRequest)
        assert words in error.message
