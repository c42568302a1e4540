"""`python -m bench.analyst.engine WORK SMALL CSV`: one measurement, as JSON on standard output.

WORK is `floor` (DuckDB's own SUMMARIZE of the file with its defaults, two threads where there are two
cores), `facts` (the steps profile and facts) or `whole` (all four steps).
"""

import hashlib
import sys
import time
from pathlib import Path

import duckdb

from bench.analyst.process import bound, report
from deckgen.domain.briefs import Brief
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst

BRIEF = Brief(business_context="How did it develop, and what drives it?")


def info_of(path: Path) -> DatasetInfo:
    """What the API says of an upload."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return DatasetInfo(name=path.name, sha256=digest, bytes=path.stat().st_size)


def floor(path: Path, info: DatasetInfo) -> float:
    with duckdb.connect() as connection:
        connection.sql(f"SUMMARIZE FROM '{path}'").fetchall()
    return 0.0


def facts(path: Path, info: DatasetInfo) -> float:
    """Seconds of the step profile alone."""
    began = time.perf_counter()
    source = analyst.profile(path, info, BRIEF)
    part = time.perf_counter() - began
    analyst.find(path, source, BRIEF)
    return part


def whole(path: Path, info: DatasetInfo) -> float:
    """Seconds of the step assemble alone."""
    source = analyst.profile(path, info, BRIEF)
    findings = analyst.find(path, source, BRIEF)
    draft = analyst.draft(BRIEF, source, findings)
    began = time.perf_counter()
    analyst.assemble(BRIEF, source, findings, draft, path)
    return time.perf_counter() - began


WORK = {"floor": floor, "facts": facts, "whole": whole}

if __name__ == "__main__":
    bound()
    work, small, large = WORK[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3])
    work(small, info_of(small))
    info = info_of(large)
    report(lambda: work(large, info))
