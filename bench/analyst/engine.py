"""`python -m bench.analyst.engine WORK SMALL CSV BRIEF`: one measurement, as JSON on standard output.

WORK is `floor` (DuckDB's own SUMMARIZE of the file with its defaults, two threads where there are two
cores), `facts` (the steps profile and facts), `whole` (all four steps), `profile` (that step) or
`preview`. The code of version 0.1.0, which has no preview, is measured by this file too.
"""

import hashlib
import sys
import time
from pathlib import Path

import duckdb

from bench.analyst.process import bound, report
from deckgen.domain.briefs import Brief
from deckgen.orchestrator import analyst

try:
    from deckgen.domain.step_contract import DatasetInfo
except ImportError:  # its name in version 0.1.0
    from deckgen.domain.contract import DatasetInfo  # type: ignore[import-not-found, no-redef]

SECONDS = 60.0  # which a preview does not take


def info_of(path: Path) -> DatasetInfo:
    """What the API says of an upload."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return DatasetInfo(name=path.name, sha256=digest, bytes=path.stat().st_size)


def floor(path: Path, info: DatasetInfo, brief: Brief) -> float:
    with duckdb.connect() as connection:
        connection.sql(f"SUMMARIZE FROM '{path}'").fetchall()
    return 0.0


def profile(path: Path, info: DatasetInfo, brief: Brief) -> float:
    analyst.profile(path, info, brief)
    return 0.0


def preview(path: Path, info: DatasetInfo, brief: Brief) -> float:
    from deckgen.domain.previews import TableRequest
    from deckgen.orchestrator import previewing

    previewing.preview(path, TableRequest(name=path.name, context=brief), SECONDS, SECONDS)
    return 0.0


def facts(path: Path, info: DatasetInfo, brief: Brief) -> float:
    """Seconds of the step profile alone."""
    began = time.perf_counter()
    source = analyst.profile(path, info, brief)
    part = time.perf_counter() - began
    analyst.find(path, source, brief)
    return part


def whole(path: Path, info: DatasetInfo, brief: Brief) -> float:
    """Seconds of the step assemble alone."""
    source = analyst.profile(path, info, brief)
    findings = analyst.find(path, source, brief)
    draft = analyst.draft(brief, source, findings)
    began = time.perf_counter()
    analyst.assemble(brief, source, findings, draft, path)
    return time.perf_counter() - began


WORK = {"floor": floor, "profile": profile, "preview": preview, "facts": facts, "whole": whole}

if __name__ == "__main__":
    bound()
    work, small, large = WORK[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3])
    asked = Brief(business_context=sys.argv[4])
    work(small, info_of(small), asked)
    info = info_of(large)
    report(lambda: work(large, info, asked))
