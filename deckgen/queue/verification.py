"""The verification of a stored deck, by the orchestrator: the API does no work on decks itself."""

from typing import Any

import httpx

from deckgen.config.settings import Settings
from deckgen.domain.decks import Verification
from deckgen.domain.documents import canonical_json
from deckgen.domain.errors import DeckgenError, InvalidRequest, Unavailable
from deckgen.domain.signatures import SignatureStatus
from deckgen.domain.signing import check_signature, without_signature
from deckgen.domain.signing_keys import JsonWebKeySet
from deckgen.queue.orchestrator import ask
from deckgen.store.presentations import DeckWithData

HERE = "this instance"


async def verify(settings: Settings, stored: DeckWithData) -> Verification:
    """Returns what the orchestrator finds as it computes the deck again; Unavailable if it is away."""
    deck = canonical_json(without_signature(stored.deck))  # the signature is checked here
    files = {"deck": ("deck.json", deck, "application/json")}
    if stored.gzip is not None:
        files["dataset"] = ("dataset.gz", stored.gzip, "application/gzip")
    answer = await ask(settings, "/verify", files, settings.step_timeout_seconds)
    if not answer.is_success:
        raise _error(answer)
    return Verification.model_validate_json(answer.content)


def with_signature(
    verification: Verification, stored: DeckWithData, keys: JsonWebKeySet
) -> Verification:
    """Returns the verification with the signature's status; a wrong signature makes it fail."""
    ours = {key.kid: HERE for key in keys.keys}
    report = check_signature(stored.deck, table_sha256=stored.table_sha256, trusted=ours)
    changes: dict[str, Any] = {"signature": report}
    if report.status is SignatureStatus.INVALID:
        changes["verified"] = False
    elif report.signer:
        verification = verification.believing_the_signer()
    return verification.model_copy(update=changes)


def _error(answer: httpx.Response) -> DeckgenError:
    """Returns the error, in the words of the orchestrator if it gave a reason."""
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        problem = answer.json()
        return InvalidRequest(problem["detail"], code=problem["code"])
    return Unavailable("The deck could not be verified just now. Try again later.", code="not_verified")
