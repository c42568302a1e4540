"""Clients that tools generate from the OpenAPI document: compiled strictly, and run against a server.

Beside them are programs of Node that need no client.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.dev.stack import Stack
from deckgen.queue.service import AsyncOrchestrator
from tests.keys import new_key
from tests.node import ENVIRONMENT, NODE, PACKAGES, ROOT, add_packages, needs_node, run
from tests.patience import PATIENCE_SECONDS
from tests.receiver import SECRET

PROGRAMS, EXAMPLES = ROOT / "tests" / "generated", ROOT / "examples"
TABLE = EXAMPLES / "newspaper_revenue.csv"
BIN = ENVIRONMENT / "bin"
SILENT = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
pytestmark = [pytest.mark.contract, pytest.mark.sample, needs_node]


@pytest.fixture(scope="module")
def stack(
    module_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """A server that asks for keys, and posts webhooks to this machine."""
    settings = {"AUTH": "keys", "WEBHOOK_SECRET": SECRET, "WEBHOOK_ALLOWED_HOSTS": "127.0.0.1"}
    with Stack(module_environment | settings, tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture(scope="module")
async def key(module_environment: dict[str, str]) -> str:
    async with AsyncOrchestrator(Settings(**_fields(module_environment))) as decks:
        return await new_key(decks)


def _fields(environment: dict[str, str]) -> dict[str, Any]:
    return {name.lower(): value for name, value in environment.items()}


@pytest.fixture
def folder(key: str, stack: Stack, tmp_path: Path) -> Path:
    """A folder with the document as it is served."""
    document = httpx.get(f"{stack.url}/openapi.json", timeout=PATIENCE_SECONDS)
    (tmp_path / "openapi.json").write_bytes(document.content)
    return tmp_path


def script(name: str) -> Path:
    """The program of an npm package, by the package's own word."""
    package = PACKAGES / name
    (program, *_) = json.loads((package / "package.json").read_text())["bin"].values()
    return package / str(program)


def test_the_linter_has_nothing_to_say(folder: Path) -> None:
    """redocly finds no error and no warning."""
    assert lint(folder) == {"errors": 0, "warnings": 0, "ignored": 0}


def test_the_linter_looks(folder: Path) -> None:
    """The control: an answer that is not described, and no server."""
    document = json.loads((folder / "openapi.json").read_text())
    del document["servers"], document["paths"]["/readyz"]["get"]["responses"]["200"]["description"]
    (folder / "openapi.json").write_text(json.dumps(document))
    assert lint(folder)["errors"] == 2


def lint(folder: Path) -> dict[str, int]:
    """How much redocly finds; it fails where it finds errors."""
    command = (NODE, script("@redocly/cli"), "lint", "openapi.json", "--format=json")
    totals: dict[str, int] = json.loads(run(folder, *command, may_fail=True, **SILENT))["totals"]
    return totals


def test_a_client_in_python(folder: Path, stack: Stack, key: str) -> None:
    """It is generated without a warning, passes `mypy --strict`, and does what people do."""
    shutil.copy(PROGRAMS / "program.py", folder)
    options = ("--meta", "none", "--config", PROGRAMS / "python.yaml", "--output-path", "client")
    printed = run(folder, BIN / "openapi-python-client", "generate", "--path", "openapi.json", *options)
    assert "WARNING" not in printed
    mypy = ROOT / ".venv" / "bin" / "mypy"
    run(folder, mypy, "--strict", "--python-executable", BIN / "python", "client", "program.py")
    assert "all done" in run(folder, BIN / "python", "program.py", stack.url, key, TABLE, SECRET)


def test_a_client_in_typescript(folder: Path, stack: Stack, key: str) -> None:
    """It is generated, compiled strictly, and does the same."""
    for name in ("program.ts", "tsconfig.json", "package.json", "openapi-ts.config.js"):
        shutil.copy(PROGRAMS / name, folder)
    add_packages(folder)
    run(folder, NODE, script("@hey-api/openapi-ts"))
    run(folder, NODE, PACKAGES / "typescript" / "bin" / "tsc", "--project", ".")
    assert "all done" in run(folder, NODE, "built/program.js", stack.url, key, TABLE, SECRET)


@pytest.fixture
def examples(key: str, stack: Stack, tmp_path: Path) -> Path:
    """The programs of examples/node, beside their packages."""
    shutil.copytree(EXAMPLES / "node", tmp_path, dirs_exist_ok=True)
    add_packages(tmp_path)
    return tmp_path


@contextmanager
def receiver(folder: Path) -> Iterator[IO[str]]:
    """What the example that receives webhooks prints; its first line is its address."""
    environment = os.environ | {"WEBHOOK_SECRET": SECRET}
    command = (NODE, "receiver.mjs", "0")
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.kill()


def test_programs_without_a_client(examples: Path, stack: Stack, key: str) -> None:
    """They ask in JSON and by a form, follow, read the deck, and believe a webhook that is signed."""
    with receiver(examples) as printed:
        address = printed.readline().strip()
        forged = {"type": "job.completed", "data": {"deckId": "forged"}}
        assert httpx.post(
            address, json=forged, trust_env=False, timeout=PATIENCE_SECONDS
        ).is_client_error
        arguments = (stack.url, TABLE, "How did newspaper revenue develop?", address)
        decks = run(examples, NODE, "deck.mjs", *arguments, DECKGEN_API_KEY=key)
        told = {printed.readline() for _ in range(2)}
    read = re.findall(r"^(.+): \d+ slides, \d+ facts$", decks, re.MULTILINE)
    assert read == ["from-text", "from-file"]
    assert told == {"job.completed from-text\n", "job.completed from-file\n"}


def test_a_program_that_is_refused(examples: Path, stack: Stack) -> None:
    """It ends, and says with which code."""
    program = (NODE, "deck.mjs", stack.url, TABLE, "How did newspaper revenue develop?")
    with pytest.raises(AssertionError, match="key_missing: "):
        run(examples, *program, DECKGEN_API_KEY="")
