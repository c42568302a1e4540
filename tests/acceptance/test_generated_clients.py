"""Clients that tools generate from the OpenAPI document: compiled strictly, and run against a server.

`make contract` and .ci/run fill .venv-clients with the tools, in the versions of the locks.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.dev.stack import Stack
from deckgen.queue.service import AsyncOrchestrator
from tests.keys import new_key
from tests.patience import PATIENCE_SECONDS
from tests.receiver import SECRET

ROOT = Path(__file__).parents[2]
PROGRAMS, TABLE = ROOT / "tests" / "generated", ROOT / "examples" / "newspaper_revenue.csv"
ENVIRONMENT = ROOT / ".venv-clients"
BIN, PACKAGES = ENVIRONMENT / "bin", ENVIRONMENT / "node" / "node_modules"
NODE = ENVIRONMENT / "node" / "bin" / "node"
pytestmark = [
    pytest.mark.contract,
    pytest.mark.sample,
    pytest.mark.skipif(not (ENVIRONMENT / "node" / "done").exists(), reason="needs `make clients`"),
]


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


def run(folder: Path, *command: str | Path, may_fail: bool = False) -> str:
    """What a command prints."""
    environment = os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )
    assert may_fail or done.returncode == 0, done.stdout + done.stderr
    return done.stdout


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
    totals: dict[str, int] = json.loads(run(folder, *command, may_fail=True))["totals"]
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
    (folder / "node_modules").symlink_to(PACKAGES)
    run(folder, NODE, script("@hey-api/openapi-ts"))
    run(folder, NODE, PACKAGES / "typescript" / "bin" / "tsc", "--project", ".")
    assert "all done" in run(folder, NODE, "built/program.js", stack.url, key, TABLE, SECRET)
