"""What is given to others: the wheel, with all that belongs to it."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from deckgen.pages.studio import looking

pytestmark = [pytest.mark.contract, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio

from deckgen import AsyncOrchestrator, start_worker


async def main() -> None:
    async with AsyncOrchestrator() as deckgen:
        submitted = await deckgen.enqueue_presentation_generation("d", "u", {"businessContext": "How?"})
        worker = await start_worker()
        print((await deckgen.get_job_status(submitted.job_id)).status.is_terminal)
        await worker.stop()


asyncio.run(main())
"""


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


@pytest.mark.sample
def test_types_are_told(wheel: zipfile.ZipFile) -> None:
    """A type checker in somebody else's project believes deckgen's own types."""
    assert "deckgen/py.typed" in wheel.namelist()


@pytest.mark.sample
def test_the_schema_goes_with_it(wheel: zipfile.ZipFile) -> None:
    """`deckgen migrate` and every statement find their files in an installed deckgen."""
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "sql").rglob("*.sql")}
    assert {f"deckgen/{file}" for file in files} <= set(wheel.namelist())


@pytest.mark.sample
def test_the_documents_go_with_it(wheel: zipfile.ZipFile) -> None:
    """An installed API serves each page, and the table to try it with, as the checkout does."""
    for page in (ROOT / "docs").glob("*.md"):
        assert wheel.read(f"deckgen/docs/{page.name}") == page.read_bytes()
    example = looking.EXAMPLE.relative_to(ROOT).as_posix()
    assert wheel.read(f"deckgen/{example}") == looking.EXAMPLE.read_bytes()


@pytest.mark.sample
def test_the_licence_is_told(wheel: zipfile.ZipFile, metadata: Message) -> None:
    """By its name, and with the text that it asks to be given along."""
    assert metadata["License-Expression"] == "Apache-2.0"
    (name,) = (name for name in wheel.namelist() if name.endswith("/licenses/LICENSE"))
    assert wheel.read(name) == (ROOT / "LICENSE").read_bytes()


@pytest.fixture(scope="module")
def elsewhere(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel, and the packages that it needs."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder)
    (site,) = (folder / "lib").glob("python*/site-packages")
    wheel.extractall(site)
    # A folder on the path brings packages, and not the checkout that is installed in it.
    (site / "needed.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "python"


@pytest.mark.sample
def test_it_works_elsewhere(elsewhere: Path, tmp_path: Path) -> None:
    """An installed deckgen needs nothing of the checkout: not its sql/, and not its templates."""
    code = (
        "from deckgen.store.queries import SQL, queries; from deckgen.pages.shell import environment; "
        "import deckgen; queries(); environment.get_template('shell.html'); "
        "print(deckgen.__file__, SQL)"
    )
    done = subprocess.run([elsewhere, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(str(elsewhere.parents[1])) == 2


def test_a_program_of_others_is_checked(elsewhere: Path, tmp_path: Path) -> None:
    """Whoever uses deckgen in Python has its types: the strictest checks pass."""
    (tmp_path / "program.py").write_text(PROGRAM)
    check = [sys.executable, "-m", "mypy", "--strict", f"--python-executable={elsewhere}", "program.py"]
    done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
