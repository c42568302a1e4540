"""What is given to others: the wheel, with all that belongs to it."""

import subprocess
import sys
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as its users get it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        str(folder),
    ]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.iterdir()
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return message_from_bytes(wheel.read(name))


def test_types_are_told(wheel: zipfile.ZipFile) -> None:
    """A type checker in somebody else's project believes deckgen's own types."""
    assert "deckgen/py.typed" in wheel.namelist()


def test_the_schema_goes_with_it(wheel: zipfile.ZipFile) -> None:
    """`deckgen migrate` and every statement find their files in an installed deckgen."""
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "sql").rglob("*.sql")}
    assert {f"deckgen/{file}" for file in files} <= set(wheel.namelist())


def test_the_licence_is_told(wheel: zipfile.ZipFile, metadata: Message) -> None:
    """By its name, and with the text that it asks to be given along."""
    assert metadata["License-Expression"] == "Apache-2.0"
    (name,) = (name for name in wheel.namelist() if name.endswith("/licenses/LICENSE"))
    assert wheel.read(name) == (ROOT / "LICENSE").read_bytes()
