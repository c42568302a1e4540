"""The verification of a stored deck, and of PowerPoint files made of it, by the orchestrator."""

from typing import Any

from deckgen.config.settings import Settings
from deckgen.domain.decks import PresentationVerification, Verification
from deckgen.domain.documents import canonical_json
from deckgen.domain.errors import TooLarge, Unavailable
from deckgen.domain.presentations import PRESENTATION
from deckgen.domain.signatures import SignatureStatus
from deckgen.domain.signing import check_signature, without_signature
from deckgen.domain.signing_keys import JsonWebKeySet
from deckgen.queue.orchestrator_calls import calling, problem_of, refusal
from deckgen.store.presentations import DeckWithData

HERE = "this instance"


async def verify(settings: Settings, stored: DeckWithData) -> Verification:
    """Returns what the orchestrator finds as it computes the deck again; Unavailable if it is away."""
    deck = canonical_json(without_signature(stored.deck))  # the signature is checked here
    part = ("deck.json", deck, "application/json")
    return Verification.model_validate_json(await _asked(settings, "/verify", "deck", part, stored))


async def verify_file(
    settings: Settings, stored: DeckWithData, content: bytes
) -> PresentationVerification:
    """Returns the same of a PowerPoint file over the table of a stored deck, and the deck inside it.

    InvalidRequest if it is none, is dangerous, or holds no proof.
    """
    part = ("deck.pptx", content, PRESENTATION)
    answer = await _asked(settings, "/verify/presentation", "presentation", part, stored)
    return PresentationVerification.model_validate_json(answer)


async def _asked(
    settings: Settings, path: str, name: str, part: tuple[str, bytes, str], stored: DeckWithData
) -> bytes:
    files = {name: part}
    if stored.gzip is not None:
        files["dataset"] = ("dataset.gz", stored.gzip, "application/gzip")
    async with calling(settings) as http:
        answer = await http.post(path, files=files)
    if answer.is_success:
        return answer.content
    problem = problem_of(answer)
    if problem.get("code") == "presentation_too_large":
        raise TooLarge(problem["detail"], code=problem["code"])
    raise refusal(answer, _not_verified())


def with_signature(
    verification: Verification, deck: dict[str, Any], sha256: str | None, keys: JsonWebKeySet
) -> Verification:
    """Returns the verification with the status of the signature of a deck out of the table with this
    hash; a wrong signature makes it fail.
    """
    ours = {key.kid: HERE for key in keys.keys}
    report = check_signature(deck, table_sha256=sha256, trusted=ours)
    changes: dict[str, Any] = {"signature": report}
    if report.status is SignatureStatus.INVALID:
        changes["verified"] = False
    elif report.signer:
        verification = verification.believing_the_signer()
    return verification.model_copy(update=changes)


def _not_verified() -> Unavailable:
    return Unavailable("The deck could not be verified just now. Try again later.", code="not_verified")
