"""`make demo` and the command `deckgen`, with everything real."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS

EXAMPLE = Path(__file__).parents[2] / "examples" / "newspaper_revenue.csv"
DEMO = [sys.executable, "-m", "deckgen.dev.demo"]
DECKGEN = [str(Path(sys.executable).parent / "deckgen")]


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder`, with its temporary files in folder/tmp."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )


def environment(folder: Path) -> dict[str, str]:
    (folder / "tmp").mkdir(exist_ok=True)
    return {**os.environ, "TMPDIR": str(folder / "tmp")}


def is_all_stopped(folder: Path) -> bool:
    """The servers' folder is removed when they, which come last, have ended."""
    return list((folder / "tmp").glob("deckgen-*")) == []


def test_demo_leaves_a_deck_in_three_forms(tmp_path: Path) -> None:
    """It prints the job's id, where they are, the number of slides and the time, and leaves nothing
    running.
    """
    done = run(tmp_path, *DEMO, "--csv", str(EXAMPLE))
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^Job [\w-]{30,}", done.stdout, re.MULTILINE)
    out = tmp_path / "out"
    slides = len(json.loads((out / "deck.json").read_bytes())["slides"])
    assert f"A deck of {slides} slides in " in done.stdout
    assert (out / "deck.pptx").read_bytes().startswith(b"PK")
    assert "<html" in (out / "deck.html").read_text()
    assert is_all_stopped(tmp_path)


def test_demo_of_unreadable_data_says_so(tmp_path: Path) -> None:
    """One sentence on stderr, exit code 1, no deck, nothing started."""
    (tmp_path / "junk.csv").write_bytes(bytes(range(256)) * 64)
    done = run(tmp_path, *DEMO, "--csv", "junk.csv")
    assert done.returncode == 1
    assert done.stderr.startswith("deckgen: ")
    assert done.stderr.count("\n") == 1
    assert "Starting" not in done.stdout
    assert not (tmp_path / "out").exists()
    assert is_all_stopped(tmp_path)


@pytest.mark.parametrize(("sign", "moment"), [(signal.SIGINT, "Asking"), (signal.SIGTERM, "Starting")])
def test_demo_that_is_interrupted_stops_everything(
    tmp_path: Path, sign: signal.Signals, moment: str
) -> None:
    """Ctrl-C and SIGTERM end it as a shell expects, with nothing left running."""
    header, _, rows = EXAMPLE.read_text().partition("\n")
    large = tmp_path / "large.csv"  # a deck of which takes longer than to interrupt it
    large.write_text(f"{header}\n{rows * 2000}")
    with subprocess.Popen(
        [*DEMO, "--csv", str(large)],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
        # A shell in whose background the tests run has its children ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    ) as process:
        assert process.stdout
        assert any(moment in line for line in process.stdout)
        process.send_signal(sign)
        assert process.wait() == 128 + sign
    assert is_all_stopped(tmp_path)


def test_generate_starts_what_it_needs(tmp_path: Path) -> None:
    """Without DECKGEN_URL `deckgen generate` brings its own deckgen, and takes it away again. It signs
    with a key that stays, whose public part can be told to others.
    """
    done = run(
        tmp_path,
        *(*DECKGEN, "generate", "--brief", "Should we open a shop?"),
        *("--out", "deck.json", "--out", "deck.html"),
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "deck.html").read_text().startswith("<!doctype html>")
    assert json.loads((tmp_path / "deck.json").read_bytes())["source"] is None
    assert is_all_stopped(tmp_path)
    key = run(tmp_path, *DECKGEN, "signing-keys", "show").stdout.strip()
    verified = run(tmp_path, *DECKGEN, "verify", "deck.json", "--key", key)
    assert "signed by the key given" in verified.stdout
    assert verified.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["generate", "none.csv"], "There is no file none.csv."),
        (
            ["generate", "--brief", "x", "--out", "deck.doc"],
            "its name must end in .json, .html, .pdf, .pptx.",
        ),
        (["status", "j1", "--url", "http://127.0.0.1:1"], "No deckgen answers at http://127.0.0.1:1"),
    ],
)
def test_errors_are_one_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    """No traceback, exit code 1."""
    done = run(tmp_path, *DECKGEN, *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("deckgen: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_first_words_wait_for_nothing() -> None:
    """What speaks with servers, databases and the engine is loaded after the first words."""
    code = "import sys, deckgen.dev.demo; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"httpx", "asyncpg", "pydantic", "redis", "duckdb", "numpy", "scipy", "pptx", "vl_convert"}
    assert heavy.isdisjoint(done.stdout.split())


def test_processes_load_nothing_of_the_engine() -> None:
    """API, worker and orchestrator leave tables, statistics and the model's client to others."""
    code = (
        "import sys, deckgen.web.app, deckgen.worker.arq_settings, deckgen.orchestrator.app;"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"duckdb", "numpy", "scipy", "openai"}.isdisjoint(done.stdout.split())
