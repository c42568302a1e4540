"""The statements of a deck about its table and the version that made it."""

from collections.abc import Iterator
from pathlib import Path

from deckgen.domain.datasets import Source
from deckgen.domain.decks import Deck, Proof
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator.analyst.proof.assemble import version
from deckgen.orchestrator.verifier.differences import differences, shown
from deckgen.orchestrator.verifier.verdict import proof

_UNNAMED = GenerateRequest.model_fields["csv_name"].default
_OF_THE_FILE = ("sha256", "bytes")


def same_version(deck: Deck) -> bool:
    return deck.made_with == version()


def is_as_composed(deck: Deck) -> bool:
    """True if this version composes the very same deck of its table, if all of it is true."""
    return same_version(deck) and deck.refreshed is None


def version_proof(deck: Deck) -> Proof:
    """Returns the proof of the version: only a deck of this version can be composed again exactly."""
    if same_version(deck):
        return proof("made_with_this_version")
    maker = shown(deck.made_with) if deck.made_with else "an older version"
    return proof(
        "made_with_this_version",
        unproved=[
            f"It is said to be made with {maker}, and this is {version()}: what is chosen and how it "
            "is said may differ between them, so that only the numbers can be proved here. Verify it "
            "with the version that made it."
        ],
    )


def file_proof(claimed: Source, info: DatasetInfo, path: Path | None) -> Proof:
    """Returns the proof that the table is the deck's; `path` is None if its name is not known."""
    return proof(
        "table_is_the_same",
        problems=_other_file(claimed, info),
        unproved=_other_name(claimed.name, path) if path else (),
    )


def _other_file(claimed: Source, info: DatasetInfo) -> Iterator[str]:
    if claimed.sha256 != info.sha256:
        yield (
            f"This is another file than the deck was made of: its SHA-256 is {info.sha256}, and the "
            f"deck's is {shown(claimed.sha256)}"
        )
    elif claimed.bytes != info.bytes:
        yield f"The table is said to have {claimed.bytes} bytes, and has {info.bytes}"


def _other_name(claimed: str, path: Path) -> Iterator[str]:
    if claimed not in (path.name, path.name.removesuffix(".gz"), _UNNAMED):
        yield (
            f"The deck calls its table {shown(claimed)}, and the file is called {shown(path.name)}: "
            "what it was called when the deck was made can't be told from what is in it"
        )


def source_differences(claimed: Source, expected: Source) -> Iterator[str]:
    """Yields false statements about the table: its rows, its columns and the notes on it."""
    for name in Source.model_fields:
        if name not in ("name", *_OF_THE_FILE):
            yield from differences(f"source.{name}", getattr(claimed, name), getattr(expected, name))
