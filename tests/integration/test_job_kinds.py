"""The kinds of jobs: each is a row and a run, and everything that speaks of kinds follows them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.domain import job_kinds as rows
from deckgen.domain.job_kind import JobKind
from deckgen.domain.job_kinds import job_kinds
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.migrate import migrate
from deckgen.web.app import create_app
from deckgen.worker import kinds as all_runs
from deckgen.worker.kinds import runs
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.recipes import recipe
from tests.serving import serving
from tests.signatures import unsigned
from tests.work import attempt, take

ROW, RUN = recipe("A kind of job")


def forget() -> None:
    """Kinds are looked for once in a process."""
    job_kinds.cache_clear()
    runs.cache_clear()


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The recipe of docs/extending.md: two new files beside the others, and nothing else."""
    for package, code in ((rows, ROW), (all_runs, RUN)):
        folder = tmp_path / package.__name__
        folder.mkdir()
        (folder / "rename.py").write_text(code)
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    forget()
    yield tmp_path / all_runs.__name__ / "rename.py"
    for package in (rows, all_runs):
        sys.modules.pop(f"{package.__name__}.rename", None)
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize("kind", job_kinds().values(), ids=lambda kind: kind.name)
def test_every_kind_is_complete(kind: JobKind) -> None:
    """Its name and path are its own, its example is accepted, its plan ends at 100 %, and it is run."""
    others = [other for other in job_kinds().values() if other is not kind]
    assert kind.name not in [other.name for other in others]
    assert kind.path not in [other.path for other in others]
    assert kind.description.partition("\n")[0].endswith(".")
    assert kind.body.model_validate(kind.example)
    for has_table in (True, False):
        for has_model in (True, False):
            percents = [*kind.plan(has_table, has_model).values()]
            assert (percents, percents[-1]) == (sorted(percents), 100)
    assert kind.name in runs()


def test_a_kind_without_a_run_is_told_at_once(toy: Path) -> None:
    """A worker does not start with a kind of which it has one half only."""
    toy.unlink()
    with pytest.raises(TypeError, match=r"need a row and a run of the same name: rename\."):
        runs()


@pytest.fixture
async def completed(database: OwnDatabase) -> None:
    """A deck that there is."""
    await database.execute(
        "INSERT INTO presentations (id, user_id, status, final_deck_json, completed_at) "
        "VALUES ('d', 'u', 'completed', $1, now())",
        {"brief": {}, "source": None, "title": "First", "slides": []},
    )


async def requested(settings: Settings) -> tuple[httpx.Response, httpx.Response]:
    """The answer to a request for the toy, and the OpenAPI document."""
    async with (
        serving(create_app(settings)) as address,
        patient(address) as api,
    ):
        answer = await api.post("/api/presentations/d/rename", json={"userId": "u", "title": "Second"})
        return answer, await api.get("/openapi.json")


async def test_a_new_kind_is_two_files(
    toy: Path,
    completed: None,
    settings: Settings,
    database: OwnDatabase,
    decks: AsyncOrchestrator,
    runtime: Runtime,
) -> None:
    """Route, OpenAPI document, columns and the worker's run follow from its row and its run."""
    await migrate(settings.database_url.get_secret_value())

    answer, document = await requested(settings)
    job = await attempt(runtime, decks, answer.json()["jobId"])

    assert answer.status_code == 202
    operation = document.json()["paths"]["/api/presentations/{deckId}/rename"]["post"]
    assert operation["operationId"] == "rename"
    assert operation["requestBody"]["content"]["application/json"]["example"]["title"] == "Sales"
    assert (job.kind, job.status, job.progress.percent) == ("rename", "completed", 100)
    assert unsigned((await decks.get_presentation("d")).deck)["title"] == "Second"


async def test_a_kind_that_a_worker_does_not_know_waits(
    toy: Path,
    completed: None,
    settings: Settings,
    database: OwnDatabase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker of an older version leaves a newer version's job to others."""
    await migrate(settings.database_url.get_secret_value())
    answer, _ = await requested(settings)
    known = {name: kind for name, kind in job_kinds().items() if name != "rename"}
    with monkeypatch.context() as older:
        older.setattr("deckgen.store.leases.job_kinds", lambda: known)
        assert await take(database, answer.json()["jobId"]) is None
    assert await take(database, answer.json()["jobId"]) is not None
