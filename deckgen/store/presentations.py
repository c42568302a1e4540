"""The rows of decks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deckgen.domain.presentations import (
    CHANGES,
    DeckVersion,
    DeckVersions,
    ListedDeck,
    Presentation,
    PresentationStatus,
    PresentationSummary,
)
from deckgen.store import audit
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def get(pool: Pool, deck_id: str) -> Presentation | None:
    row = await queries().presentation(pool, deck_id=deck_id)
    if row is None:
        return None
    return Presentation(**_state(row), deck=row["final_deck_json"], draft=row["draft_deck_json"])


async def summaries(pool: Pool, deck_ids: Sequence[str]) -> list[PresentationSummary | None]:
    """Returns presentations in the order of the ids, None for one that does not exist.

    Their documents are not read.
    """
    rows = queries().presentation_summaries(pool, deck_ids=list(set(deck_ids)))
    summaries_by_id = {row["id"]: _summary(row) async for row in rows}
    return [summaries_by_id.get(deck_id) for deck_id in deck_ids]


def _summary(row: Any) -> PresentationSummary:
    copied = ("deck_sha256", "draft_sha256", "template", "template_sha256")
    return PresentationSummary(**_state(row), **{name: row[name] for name in copied})


def _state(row: Any) -> dict[str, Any]:
    """Returns the fields of a presentation beside its documents."""
    copied = ("user_id", "error_message", "created_at", "updated_at", "completed_at")
    return {
        "deck_id": row["id"],
        "status": PresentationStatus(row["status"]),
        "job_id": row["job_id"] and str(row["job_id"]),
        **{name: row[name] for name in copied},
    }


async def latest(pool: Pool, limit: int, before: tuple[datetime, str] | None) -> list[ListedDeck]:
    """Returns decks, the newest first: at most `limit`, after the one of this time and id."""
    time, deck_id = before or (None, None)
    rows = queries().latest_decks(pool, before=time, before_id=deck_id, limit=limit)
    return [_listed(row) async for row in rows]


async def of_ids(pool: Pool, deck_ids: Sequence[str]) -> list[ListedDeck]:
    """Returns those of these decks that there are, the newest first."""
    return [_listed(row) async for row in queries().decks_of_ids(pool, deck_ids=list(deck_ids))]


def _listed(row: Any) -> ListedDeck:
    return ListedDeck(
        deck_id=row["id"],
        status=PresentationStatus(row["status"]),
        question=row["question"] or "",
        table_name=row["dataset_name"] or "",
        **{name: row[name] for name in ("error_message", "created_at", "completed_at")},
    )


async def deck_of_hash(pool: Pool, deck_id: str, sha256: str) -> dict[str, Any] | None:
    """Returns the deck or the draft with this hash; None if another has taken its place."""
    deck: dict[str, Any] | None = await queries().deck_of_hash(pool, deck_id=deck_id, sha256=sha256)
    return deck


async def unknown(pool: Pool, deck_ids: Sequence[str]) -> list[str]:
    """Returns the ids that have no presentation."""
    return [row["id"] async for row in queries().unknown_decks(pool, deck_ids=deck_ids)]


async def versions(pool: Pool, deck_id: str) -> DeckVersions:
    """Returns the former decks of a presentation, the oldest first, and the present one."""
    former, current = list[DeckVersion](), None
    async for row in queries().deck_versions(pool, deck_id=deck_id):
        version = DeckVersion(
            number=row["number"],
            completed_at=row["completed_at"],
            change=row["change"] and CHANGES.get(row["change"], row["change"]),
            author=row["author"],
        )
        if row["is_current"]:
            current = version
        else:
            former.append(version)
    return DeckVersions(versions=former, current=current)


async def version(pool: Pool, deck_id: str, number: int) -> dict[str, Any] | None:
    """Returns one of the former decks or the present one; None if none has this number."""
    deck: dict[str, Any] | None = await queries().deck_version(pool, deck_id=deck_id, number=number)
    return deck


@dataclass(frozen=True)
class DeckWithData:
    """A deck with its table: `gzip` is the compressed table, `table_sha256` the hash of the table.

    Both are None for a deck that was made of a brief alone.
    """

    deck: dict[str, Any]
    table_sha256: str | None
    gzip: bytes | None


async def get_with_data(pool: Pool, deck_id: str) -> DeckWithData | None:
    """Returns the last completed deck and its table, read at one moment; None without such a deck."""
    row = await queries().deck_with_data(pool, deck_id=deck_id)
    return DeckWithData(**row) if row and row["deck"] is not None else None


@dataclass(frozen=True)
class EditableDeck:
    """The last completed deck with its version; no edit is saved while a job is at work on it."""

    deck: dict[str, Any]
    sha256: str
    number: int
    is_in_work: bool


async def get_editable(pool: Pool, deck_id: str) -> EditableDeck | None:
    """Returns the last completed deck as it is edited; None if there is none."""
    row = await queries().editable_deck(pool, deck_id=deck_id)
    return EditableDeck(**row) if row else None


async def save_edit(
    pool: Pool, deck_id: str, base: EditableDeck, deck: dict[str, Any], author: str
) -> int | None:
    """Put the deck of an edit in the place of the one that was edited; returns its number.

    None, and nothing is written, if another deck has taken that place, or a job is at work.
    """
    async with pool.acquire() as connection:
        saved = await queries().save_edit(
            connection, deck=deck, deck_id=deck_id, sha256=base.sha256, author=author
        )
        if saved is None:
            return None
        row = await queries().editable_deck(connection, deck_id=deck_id)
        number: int = row["number"]
        await audit.record(connection, "deck.edited", "deck", deck_id, version=number)
        return number


@dataclass(frozen=True)
class DeckTable:
    """Whether there is a completed deck, the hash of its table (None without one), and what its brief
    says of rows that are alike.
    """

    is_completed: bool
    table_sha256: str | None
    copies: str | None


async def get_table(pool: Pool, deck_id: str) -> DeckTable | None:
    """Returns what is known of a presentation's table without reading it; None if there is none."""
    row = await queries().deck_table(pool, deck_id=deck_id)
    return DeckTable(**row) if row else None
