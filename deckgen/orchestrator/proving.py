"""Verification of a deck or a presentation in a bounded process: anybody may have written it."""

from pathlib import Path

from deckgen.bounded.children import Children
from deckgen.domain.decks import PresentationVerification, Proof, Verification
from deckgen.domain.errors import StepError, TooLarge

MAX_DECK_BYTES = 20_000_000  # a hundred times the size of a deck
MAX_PRESENTATION_BYTES = 50_000_000


def proved(
    children: Children, query_seconds: float, deck: bytes, path: Path | None, *, is_named: bool
) -> Verification:
    """Returns the verdict on a deck (JSON), unproved if the process was ended.

    Raises InvalidRequest if it is no deck.
    """
    if len(deck) > MAX_DECK_BYTES:
        raise TooLarge(f"The deck has more than {MAX_DECK_BYTES} bytes.", code="deck_too_large")
    try:
        answer = children.call("verify", query_seconds, deck, path, is_named)
    except StepError as error:
        return _not_proved(str(error))
    return Verification.model_validate_json(answer)


def proved_presentation(
    children: Children, query_seconds: float, content: bytes, path: Path | None, *, is_named: bool
) -> PresentationVerification:
    """Returns the verdict on a PowerPoint file, unproved if the process was ended.

    Raises InvalidRequest if it is none, or holds no proof.
    """
    if len(content) > MAX_PRESENTATION_BYTES:
        raise TooLarge(
            f"The presentation has more than {MAX_PRESENTATION_BYTES:,} bytes.",
            code="presentation_too_large",
        )
    try:
        answer = children.call("verify_presentation", query_seconds, content, path, is_named)
    except StepError as error:
        return PresentationVerification(verification=_not_proved(str(error)), deck=None)
    return PresentationVerification.model_validate_json(answer)


def _not_proved(why: str) -> Verification:
    """Returns a verdict without any computation; the deck itself may have broken the process."""
    check = Proof(name="computed_again", passed=None, unproved=[why])
    return Verification(verified=None, facts=0, charts=0, checks=[check], unproved=[why])
