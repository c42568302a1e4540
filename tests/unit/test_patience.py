"""Every wait of the tests has its limit from tests/patience.py."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# They take the limit as an argument of their own, and without it have one that is not ours.
CLIENTS = {"httpx.AsyncClient", "httpx.Client", "httpx.get", "httpx.post"}
LIMITS = {"asyncio.timeout": 0, "asyncio.wait_for": 1}  # which argument of theirs it is
SHORT_SECONDS = 1  # below it is a pause, or a short time that is the subject of a test


def hasty(source: str) -> Iterator[int]:
    """The lines of calls whose limit is written there, or is a library's."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        named = {one.arg: one.value for one in call.keywords}
        limits = [named.get("timeout"), *call.args[LIMITS.get(name, len(call.args)) :][:1]]
        of_a_library = name in CLIENTS and not named.keys() & {"timeout", "transport"}
        if of_a_library or any(map(_is_number, limits)):
            yield call.lineno


def _is_number(limit: ast.expr | None) -> bool:
    number = limit.value if isinstance(limit, ast.Constant) else None
    return isinstance(number, int | float) and number >= SHORT_SECONDS


def test_limits_come_from_one_place() -> None:
    """A number beside a wait is one that a busy machine will reach some day."""
    files = sorted(TESTS.rglob("*.py"))
    assert [f"{file}:{line}" for file in files for line in hasty(file.read_text())] == []


@pytest.mark.parametrize(
    "source",
    [
        "asyncio.timeout(10)",
        "asyncio.wait_for(task, 10)",
        "asyncio.wait_for(task, timeout=10)",
        "process.wait(timeout=60)",
        "httpx.AsyncClient(base_url=url)",
        "httpx.get(url)",
    ],
)
def test_a_number_would_be_found(source: str) -> None:
    """A control: each of these is a limit of its own."""
    assert list(hasty(source)) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "asyncio.timeout(PATIENCE_SECONDS)",
        "asyncio.wait({task}, timeout=0.05)",
        "httpx.get(url, timeout=PATIENCE_SECONDS)",
        "httpx.AsyncClient(transport=transport)",
    ],
)
def test_what_is_no_limit_of_its_own(source: str) -> None:
    """A name, a pause, a client that talks to nobody."""
    assert list(hasty(source)) == []
