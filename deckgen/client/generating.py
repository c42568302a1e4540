"""Have a deck made, and save it: what `deckgen generate` does, and a demo."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from deckgen.client.calls import NOTHING, Upload
from deckgen.client.http import Client
from deckgen.client.streams import untold
from deckgen.domain.jobs import Job, Submitted


def generate(
    client: Client,
    table: Upload | None,
    brief: str,
    outputs: list[Path],
    *,
    priority: int = 5,
    context: Mapping[str, Any] = NOTHING,
    on_submitted: Callable[[Submitted], None] = lambda submitted: None,
    on_progress: Callable[[Job], None] = untold,
) -> Job:
    """Have a deck made, and save it under each of `outputs`; the rest is as in `Client.submit`."""
    submitted = client.submit(table, brief, priority=priority, context=context)
    on_submitted(submitted)
    job = client.wait(submitted.job_id, on_progress)
    with ThreadPoolExecutor() as threads:  # the server renders them at the same time
        list(threads.map(partial(client.download, job.deck_id), outputs))
    return job
