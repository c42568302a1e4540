"""`deckgen workers`: who is there, and what each does."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer
from rich.table import Table
from rich.text import Text

from deckgen.cli.jobs import SHORT, age
from deckgen.cli.options import LOCAL, ApiKey, AsJson, Url
from deckgen.dev.screen import Screen, json_text
from deckgen.domain.visible import visible

if TYPE_CHECKING:  # only the command that is called loads it
    from deckgen.domain.workers import RunningJob, Worker


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `app`."""
    app.command("workers")(list_workers)


def list_workers(as_json: AsJson = False, url: Url = LOCAL, api_key: ApiKey = None) -> None:
    """List the workers that live: what each does, and for how long."""
    from deckgen.client.http import Client

    with Client(url, api_key) as client:
        found = client.workers()
    if as_json:
        typer.echo(json_text(found.to_json()))
    else:
        _show(Screen(highlight=False), found.workers)


def _show(screen: Screen, workers: "list[Worker]") -> None:
    if not workers:
        screen.print("No worker is running.")
        return
    table = Table("worker", "runs since", "busy", "job", "for", box=None, pad_edge=False)
    for worker in workers:
        for row in _rows(worker, datetime.now(UTC)):
            table.add_row(*(Text(visible(cell)) for cell in row))
    screen.print(table)


def _rows(worker: "Worker", now: datetime) -> list[tuple[str, ...]]:
    """Returns a row for each of its jobs, of which the first names the worker."""
    busy = f"{len(worker.jobs)} of {worker.concurrency}"
    own = (worker.worker_id, age(worker.started_at, now), busy)
    jobs = [(_doing(job), age(job.since, now)) for job in worker.jobs]
    first, *others = jobs or [(worker.reason or "waits for a job", "")]
    return [(*own, *first), *(("", "", "", *job) for job in others)]


def _doing(job: "RunningJob") -> str:
    """Returns the job and its step: `3f9aZk2P (generate, slide 3 of 7)`."""
    step = job.step and (f"{job.step} {job.done} of {job.of}" if job.of else job.step)
    return f"{job.job_id[:SHORT]} ({', '.join(filter(None, (job.kind, step)))})"
