"""The commands that find and change jobs, against a server that notes what it is asked."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from deckgen.cli import app
from deckgen.cli.jobs import age
from deckgen.client import http
from deckgen.client.http import Client
from deckgen.domain.finding import FoundJobs
from tests.unit.client.test_http import job

NOW = datetime.now(UTC)
NASTY = "\x1b[2J[bold]deck[/bold]"


def brief(number: int, **other: Any) -> dict[str, Any]:
    """A line of the API's list."""
    times = dict.fromkeys(("startedAt", "finishedAt", "runAfter", "dismissedAt"))
    ids = {"jobId": f"{number:08}-aaaa", "deckId": f"deck-{number}", "userId": "me", "kind": "generate"}
    error = {"code": "internal_error", "message": "It broke."}
    state = {"status": "failed", "priority": 5, "attempts": 3, "error": error, "brief": "How?"}
    return {**ids, **times, **state, "createdAt": (NOW - timedelta(hours=5)).isoformat(), **other}


class Server:
    """Answers with `jobs`, and with numbers that are told by `changed`."""

    def __init__(self) -> None:
        self.jobs = [brief(number) for number in range(1, 4)]
        self.changed = {"matched": 3, "changed": 2, "skipped": 1, "reasons": {"job_purged": 1}}
        self.asked: list[tuple[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().partition("?")[0].removeprefix("/api/ai/jobs")
        if request.method == "GET":
            query = dict(request.url.params.multi_items())
            self.asked.append(("GET", query))
            first = int(query.get("cursor", 0))
            page = self.jobs[first : first + min(2, int(query["limit"]))]
            after = first + len(page)
            cursor = str(after) if after < len(self.jobs) else None
            return httpx.Response(200, json={"jobs": page, "nextCursor": cursor})
        body = json.loads(request.content or b"null")
        self.asked.append((path, body))
        if path.count("/") == 2:
            if "unknown" in path:
                return httpx.Response(404, json={"detail": "There is no job.", "code": "x"})
            return httpx.Response(200, json=job("waiting"))
        if body.get("dryRun"):
            return httpx.Response(200, json={"count": len(self.jobs), "jobs": self.jobs[:2]})
        return httpx.Response(200, json=self.changed)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    transport = httpx.MockTransport(server)
    monkeypatch.setattr(http, "Client", lambda url, key: Client(url, key, transport=transport))
    return server


def said(*arguments: str, answer: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(app.app, list(arguments), input=answer)
    return result.exit_code, result.output


def test_a_table(server: Server) -> None:
    """Each job is a line: short id, state, age and error; as many pages are read as are needed."""
    code, text = said("jobs", "--status", "failed", "--code", "internal_error", "--since", "7d")
    assert code == 0
    for number in (1, 2, 3):
        line = next(one for one in text.splitlines() if f"deck-{number}" in one)
        assert line.split()[:6] == [f"{number:08}", "failed", f"deck-{number}", "me", "5", "h"]
        assert "internal_error:" in line
    assert server.asked[0][1] | {"limit": ""} == {
        "status": "failed",
        "code": "internal_error",
        "since": "7d",
        "limit": "",
    }
    assert "There are more" not in text


def test_a_limit(server: Server) -> None:
    """No more are listed than asked for, and it is said that there are more."""
    _, text = said("jobs", "--limit", "2")
    assert "deck-3" not in text
    assert "There are more than 2" in text
    assert said("jobs", "--limit", "3", "--ids") == (0, "00000001-aaaa\n00000002-aaaa\n00000003-aaaa\n")


def test_jobs_as_json(server: Server) -> None:
    """They are the API's answer, with a cursor if there are more than were asked for."""
    for limit, has_more in ((2, True), (3, False)):
        told = FoundJobs.model_validate_json(said("jobs", "--json", "--limit", str(limit))[1])
        assert [job.deck_id for job in told.jobs] == [f"deck-{n}" for n in range(1, limit + 1)]
        assert (told.next_cursor is not None) is has_more


def test_words_of_others(server: Server) -> None:
    """What a server says is shown as words, and steers neither the terminal nor the table."""
    server.jobs = [brief(1, deckId=NASTY, userId=NASTY, jobId=NASTY)]
    _, text = said("jobs")
    assert "\x1b" not in text
    assert "[bold]" in text.replace("\n", "").replace(" ", "")
    server.jobs = []
    assert said("jobs") == (0, "No jobs match.\n")


@pytest.mark.parametrize("command", ["retry", "cancel", "dismiss"])
def test_many_are_asked_for(server: Server, command: str) -> None:
    """What matches is shown first, and only a yes does it, with the count that was shown."""
    code, text = said(command, "--user", "me", answer="n\n")
    assert code == 1
    assert "3 jobs match, of which these are the newest 2." in text
    assert [path for path, _ in server.asked] == [f"/{command}"]
    code, text = said(command, "--user", "me", answer="y\n")
    assert code == 0
    assert server.asked[-1] == (f"/{command}", {"user": "me", "count": 3})
    assert "2 of 3 jobs are" in text
    assert "Skipped: 1 job_purged." in text


def test_nobody_is_asked(server: Server) -> None:
    """With --yes it is done at once, with --dry-run never."""
    assert said("cancel", "--all", "--yes") == (
        0,
        "2 of 3 jobs are cancelled. Skipped: 1 job_purged.\n",
    )
    assert server.asked[-1] == ("/cancel", {"all": True, "count": 3})
    server.asked.clear()
    code, text = said("retry", "--q", "sales", "--dry-run", "--yes")
    assert (code, "3 jobs match" in text) == (0, True)
    assert server.asked == [("/retry", {"q": "sales", "dryRun": True})]


def test_nothing_matches(server: Server) -> None:
    """Then nobody is asked, and nothing is done."""
    server.jobs = []
    assert said("retry", "--user", "me") == (0, "No jobs match.\n0 jobs match.\n")
    assert len(server.asked) == 1


def test_jobs_by_their_ids(server: Server) -> None:
    """Each is changed alone; one that is refused does not keep the others from it."""
    code, text = said("retry", "one", "unknown", "a/../b")
    assert [path for path, _ in server.asked] == [
        "/one/retry",
        "/unknown/retry",
        "/a%2F..%2Fb/retry",
    ]
    assert code == 1
    assert "unknown: There is no job." in text
    assert text.count("waiting") == 2


def test_ids_or_a_filter(server: Server) -> None:
    """Not both, and not neither: it would not be clear which jobs are meant."""
    result = CliRunner().invoke(app.app, ["cancel", "one", "--user", "me"])
    assert "not both" in str(result.exception)
    result = CliRunner().invoke(app.app, ["cancel", "--yes"])
    assert "--all" in str(result.exception)
    assert server.asked == []


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(-5, "0 s"), (0, "0 s"), (59, "59 s"), (60, "1 min"), (7_199, "1 h"), (86_400 * 3, "3 d")],
)
def test_ages(seconds: int, told: str) -> None:
    """In the largest unit that fits; a clock that is behind gives none below zero."""
    assert age(NOW - timedelta(seconds=seconds), NOW) == told
