"""What the command shows of a server's words: words, and nothing that steers the terminal."""

import json
from importlib.metadata import version

import httpx
import pytest
from typer.testing import CliRunner

from deckgen.cli import app
from deckgen.client import http
from deckgen.client.http import Client
from deckgen.dev.screen import sentences
from deckgen.domain.errors import DeckgenError, InvalidRequest
from tests.unit.client.test_http import job

NASTY = "\x1b]0;owned\x07\x1b[2J[bold red]\r\nSaved deck.pptx.\x85\u202e"
SHOWN = r"\x1b]0;owned\x07\x1b[2J[bold red]\r\nSaved deck.pptx.\x85\u202e"


def answering(monkeypatch: pytest.MonkeyPatch, answer: httpx.Response) -> None:
    """The server that the command asks gives this answer."""
    transport = httpx.MockTransport(lambda _: answer)
    monkeypatch.setattr(http, "Client", lambda url, key: Client(url, key, transport=transport))


def test_a_job_is_shown_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids, codes and messages are a server's, and may be anybody's."""
    ids = {"jobId": NASTY, "deckId": NASTY, "error": {"code": NASTY, "message": NASTY}}
    answering(monkeypatch, httpx.Response(200, text=json.dumps(job("failed") | ids)))
    shown = CliRunner().invoke(app.app, ["status", "j1"]).output
    lines = shown.replace("\n", "")
    assert lines.isprintable()
    assert shown.count("\n") >= 2
    assert lines.count(SHOWN) == 4


def test_the_warnings_of_a_job_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each on a line, as text; of a job without any there is nothing to see."""
    warnings = [{"code": "table_warning", "message": f"A remark. {NASTY}"}]
    answering(monkeypatch, httpx.Response(200, text=json.dumps(job("completed", warnings=warnings))))
    shown = CliRunner().invoke(app.app, ["status", "j1"]).output
    assert shown.splitlines()[1:] == [f"A remark. {SHOWN}"]
    answering(monkeypatch, httpx.Response(200, text=json.dumps(job("completed"))))
    assert len(CliRunner().invoke(app.app, ["status", "j1"]).output.splitlines()) == 1


def test_a_job_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the API's answer, in which no text of others acts on the terminal."""
    answering(monkeypatch, httpx.Response(200, text=json.dumps(job("failed", deckId=NASTY))))
    shown = CliRunner().invoke(app.app, ["status", "j1", "--json"]).output
    assert shown.replace("\n", "").isprintable()
    assert json.loads(shown)["deckId"] == NASTY


def test_an_error_is_shown_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of an error stand indented, so that none is taken for the command's own."""
    answering(monkeypatch, httpx.Response(404, text=json.dumps({"detail": NASTY, "code": "x"})))
    with pytest.raises(SystemExit) as ended, sentences():
        CliRunner().invoke(app.app, ["status", "j1"], catch_exceptions=False)
    first, second = str(ended.value).split("\n")
    assert first == r"deckgen: \x1b]0;owned\x07\x1b[2J[bold red]\r"
    assert second == r"  Saved deck.pptx.\x85\u202e"


def test_the_lines_of_a_log_are_kept() -> None:
    """What a process said at its end is shown line by line."""
    with pytest.raises(SystemExit, match=r"^deckgen: Its log ends:\n  one\n  two$"), sentences():
        raise DeckgenError("Its log ends:\none\ntwo")


def test_the_version_is_that_of_the_package() -> None:
    """It is what a bug report needs."""
    done = CliRunner().invoke(app.app, ["--version"])
    assert (done.exit_code, done.output.strip()) == (0, version("deckgen"))


@pytest.mark.parametrize("files", [["deck.doc"], ["deck.json", "deck.json"]])
def test_files_that_can_not_be_written_are_told_before_anything_starts(files: list[str]) -> None:
    """One in no form, or the same one twice."""
    options = [part for name in files for part in ("--out", name)]
    done = CliRunner().invoke(app.app, ["generate", "--brief", "x", *options])
    assert isinstance(done.exception, InvalidRequest)
