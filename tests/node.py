"""Node with the packages of a lock file, by which programs of other languages are run.

`make contract` and .ci/run fill .venv-clients with them.
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).parents[1]
ENVIRONMENT = ROOT / ".venv-clients"
PACKAGES = ENVIRONMENT / "node" / "node_modules"
NODE = ENVIRONMENT / "node" / "bin" / "node"
needs_node = pytest.mark.skipif(
    not (ENVIRONMENT / "node" / "done").exists(), reason="needs `make clients`"
)


def add_packages(folder: Path) -> None:
    """Let the programs of a folder import them."""
    (folder / "node_modules").symlink_to(PACKAGES)


def run(folder: Path, *command: str | Path, may_fail: bool = False, **variables: str) -> str:
    """What a command prints."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert may_fail or done.returncode == 0, done.stdout + done.stderr
    return done.stdout
