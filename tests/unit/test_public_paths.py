"""What others import or start by name: it loads little, and changes nothing by itself."""

import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.contract, pytest.mark.sample]
WRONG = {"QUEUE_CONCURRENCY": "many", "PATH": ""}
QUEUE_AND_STORE = ("arq", "asyncpg", "deckgen.queue", "deckgen.store")


def run(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", code], env=WRONG, capture_output=True, text=True)


def test_importing_worker_settings_reads_no_setting() -> None:
    """A wrong setting is told in a sentence, when arq asks for the class and not on import."""
    imported = run("import deckgen.worker_settings")
    asked = run("from deckgen.worker_settings import WorkerSettings")

    assert (imported.returncode, imported.stderr) == (0, "")
    assert asked.returncode == 1
    assert asked.stderr.startswith("The setting QUEUE_CONCURRENCY can't be used: ")
    assert "Traceback" not in asked.stderr


@pytest.mark.parametrize("module", ["deckgen.orchestrator.app", "deckgen.orchestrator.__main__"])
def test_the_orchestrator_loads_neither_queue_nor_store(module: str) -> None:
    """It is stateless: arq, asyncpg and what speaks with them are no part of its process."""
    code = f"import sys, {module}; print(*[name for name in {QUEUE_AND_STORE} if name in sys.modules])"

    loaded = run(code)

    assert (loaded.returncode, loaded.stdout.split()) == (0, []), loaded.stderr


def test_the_steps_of_a_deck_load_nothing_that_draws_presentations() -> None:
    """The first deck after a start waits until they are loaded, and python-pptx takes a while."""
    drawing = {"pptx", "PIL", "deckgen.export.pptx.templates.reading"}
    loaded = run(f"import sys, deckgen.orchestrator.offline; print(*({drawing} & sys.modules.keys()))")

    assert (loaded.returncode, loaded.stdout.split()) == (0, []), loaded.stderr
