"""Verify a deck in a process that is bounded: anybody may have written its queries."""

from pathlib import Path

from deckgen.bounded.children import Children
from deckgen.domain.decks import Deck, Proof, Verification
from deckgen.domain.errors import StepError
from deckgen.domain.requests import parse
from deckgen.http import bodies

WORKS = "deckgen.orchestrator.offline"


def proved(
    children: Children, query_seconds: float, deck: bytes, path: Path | None, *, is_named: bool
) -> Verification:
    """What became of computing the deck (JSON) again; a process that was ended has not proved it.

    Raises InvalidRequest for what is no deck.
    """
    try:
        answer = children.call("verify", query_seconds, deck, path, is_named)
    except StepError as error:
        return _not_proved(parse(Deck, bodies.loads(deck)), str(error))
    return Verification.model_validate_json(answer)


def _not_proved(deck: Deck, why: str) -> Verification:
    check = Proof(name="computed_again", passed=None, unproved=[why])
    return Verification(
        verified=None,
        facts=len(deck.facts),
        charts=deck.computed_blocks,
        checks=[check],
        unproved=[why],
    )
