"""Verify a deck: compute everything in it again from the data, and name what does not hold.

Nothing of the deck is believed but its brief. Facts, charts and tables are run again as queries, and
the columns are understood again. As an offline deck depends on nothing but brief and data, the same
version also finds its facts and composes its slides again, and compares them piece by piece.
"""

import contextlib
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.contract import DatasetInfo
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Chart, Check, Deck, Draft, Slide, Table, Verification
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.insights import Findings
from deckgen.domain.model import Model
from deckgen.orchestrator.analyst.assemble import version
from deckgen.orchestrator.analyst.checks import content
from deckgen.orchestrator.analyst.checks.proof import same
from deckgen.orchestrator.analyst.draft import draft
from deckgen.orchestrator.analyst.findings import find
from deckgen.orchestrator.analyst.profile import profile
from deckgen.orchestrator.analyst.table import Table as DataTable
from deckgen.orchestrator.analyst.table import open_table

CHUNK = 1 << 20


@dataclass(frozen=True)
class Recomputation:
    """What the data give for a brief: the open table, its columns, its facts, and a deck of them."""

    table: DataTable | None
    source: Source | None
    findings: Findings | None
    draft: Draft


def verify(deck: Deck, path: Path | None) -> Verification:
    """Compute a deck again from the file at `path` (None for a deck out of a brief alone).

    Raises UnreadableData for data that can't be read, InvalidRequest where data are missing.
    """
    if path is None and deck.source is not None:
        raise InvalidRequest("The deck was made of data: give them as well.", code="data_missing")
    name = deck.source.name if deck.source else ""
    with recomputed(deck.brief, name, path if deck.source else None) as again:
        return compare(deck, again)


@contextlib.contextmanager
def recomputed(brief: Brief, name: str, path: Path | None) -> Iterator[Recomputation]:
    """Compute all of it once, to compare decks with."""
    if path is None:
        yield Recomputation(None, None, None, draft(brief, None, None))
        return
    source = profile(path, _info(name, path), brief)
    findings = find(path, source, brief)
    with open_table(path) as table:
        yield Recomputation(table, source, findings, draft(brief, source, findings))


def compare(deck: Deck, again: Recomputation) -> Verification:
    """Name everything in a deck that is not what was computed."""
    found = content(deck, again.table)
    left_out = []
    if again.source is not None:
        found.append(_check("source_is_the_same", _differences("source", deck.source, again.source)))
    if deck.made_with != version():
        left_out.append(f"Made with {deck.made_with or 'an older version'}: not composed again")
    else:
        if again.findings is not None:
            found.append(_check("facts_found_again", _facts(deck, again.findings)))
        found.append(_check("slides_composed_again", _slides(deck, again.draft)))
    return Verification(
        verified=all(check.passed for check in found),
        facts=len(deck.facts),
        charts=sum(_has_query(block) for slide in deck.slides for block in slide.blocks),
        checks=found,
        left_out=left_out,
    )


def _has_query(block: Model) -> bool:
    return isinstance(block, Chart) or (isinstance(block, Table) and bool(block.sql))


def _check(name: str, problems: Iterator[str]) -> Check:
    listed = list(problems)
    return Check(name=name, passed=not listed, problems=listed)


def _info(name: str, path: Path) -> DatasetInfo:
    """What the uploaded file is said to be, out of the file itself."""
    digest, size = hashlib.sha256(), 0
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return DatasetInfo(name=name, sha256=digest.hexdigest(), bytes=size)


def _facts(deck: Deck, findings: Findings) -> Iterator[str]:
    known = {fact.id: fact for fact in findings.facts}
    for fact in deck.facts:
        if fact.id in known:
            yield from _differences(fact.id, fact, known[fact.id])
        else:
            yield f"{fact.id}: the data give no such fact"


def _slides(deck: Deck, again: Draft) -> Iterator[str]:
    """What differs from the draft, but for slides that a model wrote."""
    if any(slide.made.engine == "model" or slide.made.fallback for slide in deck.slides):
        said = {slide.id: slide for slide in again.slides}
        for slide in deck.slides:
            if slide.made.engine == "offline" and slide.id in said:
                # A slide in the place of one that was refused says so, and is the draft's in all else.
                other = said[slide.id].model_copy(update={"made": slide.made})
                yield from _differences(slide.id, slide, other)
        return
    yield from _differences("title", deck.title, again.title)
    yield from _differences("storyline", deck.storyline, again.storyline)
    yield from _pairs(deck.slides, again.slides)


def _pairs(slides: list[Slide], again: list[Slide]) -> Iterator[str]:
    if len(slides) != len(again):
        yield f"there are {len(slides)} slides instead of {len(again)}"
    for slide, other in zip(slides, again, strict=False):
        yield from _differences(slide.id, slide, other)


def _differences(place: str, said: Any, again: Any) -> Iterator[str]:
    """Where two documents differ, down to single values; floats may differ in their last digits."""
    if isinstance(said, Model) and type(said) is type(again):
        for name in type(said).model_fields:
            yield from _differences(f"{place}.{name}", getattr(said, name), getattr(again, name))
    elif isinstance(said, list) and isinstance(again, list) and len(said) == len(again):
        for number, (one, other) in enumerate(zip(said, again, strict=True)):
            yield from _differences(f"{place}[{number}]", one, other)
    elif not _is_same(said, again):
        yield f"{place}: {_short(said)} is said, the data give {_short(again)}"


def _is_same(said: Any, again: Any) -> bool:
    numbers = isinstance(said, int | float) and isinstance(again, int | float)
    return same(said, again) if numbers else bool(said == again)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
