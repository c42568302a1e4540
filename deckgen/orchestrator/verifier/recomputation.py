"""The recomputation of a deck from its data and brief, which the deck is compared with."""

import contextlib
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft
from deckgen.domain.errors import UnreadableData
from deckgen.domain.findings import Findings
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.ingestion.table import DataTable, open_table

CHUNK = 1 << 20


@dataclass(frozen=True)
class Recomputation:
    """The open table, its columns, its facts, and the draft made of them; without data only a draft."""

    table: DataTable | None
    source: Source | None
    findings: Findings | None
    draft: Draft


@contextlib.contextmanager
def recomputed(brief: Brief, info: DatasetInfo | None, path: Path | None) -> Iterator[Recomputation]:
    """Compute everything once, to compare decks with. Raises UnreadableData."""
    if path is None or info is None:
        yield Recomputation(None, None, None, analyst.draft(brief, None, None))
        return
    source = analyst.profile(path, info, brief)
    findings = analyst.find(path, source, brief)
    with open_table(path, brief.table) as table:
        yield Recomputation(table, source, findings, analyst.draft(brief, source, findings))


def info_of(name: str, path: Path) -> DatasetInfo:
    """Returns the description of an uploaded file, computed from it. Raises UnreadableData."""
    digest, size = hashlib.sha256(), 0
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except (OSError, EOFError, zlib.error):
        raise UnreadableData("The compressed file is damaged.", code="binary_data") from None
    return DatasetInfo(name=name, sha256=digest.hexdigest(), bytes=size)
