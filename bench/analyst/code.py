"""The code that is measured: this, and that of version 0.1.0 in a clone with its own environment."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FORMER = "d834bc7"  # the commit of version 0.1.0, by the changelog


@dataclass(frozen=True)
class Code:
    """A checkout: what runs in it imports its packages, and so its `bench`; the file itself is ours."""

    root: Path

    def command(self, file: Path, *arguments: str) -> list[str]:
        return [str(self.root / ".venv" / "bin" / "python"), "-P", str(file), *arguments]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.root)}


OWN = Code(ROOT)


def former_in(folder: Path) -> Code:
    """Clone version 0.1.0 and install what it needs."""
    clone = folder / "former"
    _run(ROOT, "git", "clone", "--quiet", str(ROOT), str(clone))
    _run(clone, "git", "checkout", "--quiet", FORMER)
    _run(clone, "make", "development")
    return Code(clone)


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
