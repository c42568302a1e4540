"""Which process a step runs in."""

import asyncio
import gzip
import io
from pathlib import Path

import pytest
from starlette.datastructures import UploadFile

from deckgen.config.settings import Settings
from deckgen.domain.briefs import Brief
from deckgen.domain.errors import DeckgenError, RetryableError
from deckgen.domain.step_contract import ALL_BUSY, DatasetInfo, StepRequest
from deckgen.domain.steps import Step
from deckgen.orchestrator.engines import Engines
from deckgen.orchestrator.held_files import HeldFiles
from tests.unit.bounded.test_children import Started, await_pid

TABLE = b"a,b\n1,2\n"


async def test_slow_tables_hold_up_no_step_that_reads_none(tmp_path: Path) -> None:
    """While every process for tables is busy, a draft is made, and who can't wait is told so."""
    tables, others = Started(tmp_path / "t", processes=1), Started(tmp_path / "o", processes=1)
    engines = Engines(tables, others, None, HeldFiles(tmp_path), Settings())
    info = DatasetInfo(name="t.csv", sha256="0" * 64, bytes=len(TABLE))
    request = StepRequest(job_id="j", deck_id="d", brief=Brief(), dataset=info, inputs={})
    part = UploadFile(io.BytesIO(gzip.compress(TABLE)))
    slow = asyncio.create_task(engines.execute(Step.PROFILE, request, part, "k1"))
    await asyncio.to_thread(await_pid, tmp_path / "t" / "started")
    answer = await engines.execute(Step.DRAFT, request, None, "k2")
    assert answer.body == b'{"result": null}'
    with pytest.raises(RetryableError) as refused:
        await engines.execute(Step.PROFILE, request, part, "k3", patience=0.01)
    assert refused.value.code == ALL_BUSY
    assert not slow.done()
    tables.close()
    others.close()
    with pytest.raises(DeckgenError):
        await slow
