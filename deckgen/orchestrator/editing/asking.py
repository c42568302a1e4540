"""The facts of questions that people asked, computed again over the table of their deck."""

from collections.abc import Sequence
from pathlib import Path

from deckgen.domain.authorship import Asked
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Deck
from deckgen.domain.editing import named
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.facts import Fact
from deckgen.domain.previews import TableRequest
from deckgen.orchestrator import previewing


def answers_again(
    deck: Deck, asked: Sequence[Asked], path: Path, query_seconds: float, seconds: float
) -> list[Fact]:
    """Returns the facts that were taken from answers, by their ids in the deck.

    InvalidRequest if a question has no such fact (any more). UnreadableData.
    """
    return [fact for each in asked for fact in _facts(deck, each, path, query_seconds, seconds)]


def _facts(deck: Deck, asked: Asked, path: Path, query_seconds: float, seconds: float) -> list[Fact]:
    name = deck.source.name if deck.source else ""
    request = TableRequest(name=name, context=_context(deck, asked.question))
    replies = previewing.ask(path, request, query_seconds, seconds)
    found = named(asked, [fact for reply in replies.answers for fact in reply.facts])
    if len(found) < len(asked.facts):
        lacking = ", ".join(sorted(asked.facts.keys() - {fact.id for fact in found}))
        reason = next((reply.reason for reply in replies.answers if reply.reason), "")
        raise InvalidRequest(
            f"The answer to “{asked.question}” has no fact for {lacking}. Ask again, and take a fact "
            f"of that answer.{f' It says: {reason}.' if reason else ''}",
            code="asked_fact_not_found",
        )
    return found


def _context(deck: Deck, question: str) -> Brief:
    """Returns the question as a brief, in the deck's language: what is said of the table holds too."""
    brief = deck.brief
    return Brief(
        business_context=question,
        language=deck.language,
        locale=brief.locale,
        columns=brief.columns,
        table=brief.table,
    )
