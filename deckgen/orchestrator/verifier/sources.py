"""What a deck says of its table and of the version that made it."""

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


def version_proof(deck: Deck) -> Proof:
    """A deck of this version has to be what this version makes; of another it can't be told."""
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


def file_proof(said: Source, info: DatasetInfo, path: Path | None) -> Proof:
    """Whether the table is the one that the deck names; `path` is None where its name is not known."""
    return proof(
        "table_is_the_same",
        problems=_other_file(said, info),
        unproved=_other_name(said.name, path) if path else (),
    )


def _other_file(said: Source, info: DatasetInfo) -> Iterator[str]:
    if said.sha256 != info.sha256:
        yield (
            f"This is another file than the deck was made of: its SHA-256 is {info.sha256}, and the "
            f"deck's is {shown(said.sha256)}"
        )
    elif said.bytes != info.bytes:
        yield f"The table is said to have {said.bytes} bytes, and has {info.bytes}"


def _other_name(said: str, path: Path) -> Iterator[str]:
    if said not in (path.name, path.name.removesuffix(".gz"), _UNNAMED):
        yield (
            f"The deck calls its table {shown(said)}, and the file is called {shown(path.name)}: what "
            "it was called when the deck was made can't be told from what is in it"
        )


def source_differences(said: Source, again: Source) -> Iterator[str]:
    """What else is said of the table: its rows, its columns and what was noticed on reading it."""
    for name in Source.model_fields:
        if name not in ("name", *_OF_THE_FILE):
            yield from differences(f"source.{name}", getattr(said, name), getattr(again, name))
