"""The verification of a stored deck, by the orchestrator."""

from typing import Any

from deckgen.config.settings import Settings
from deckgen.domain.decks import Verification
from deckgen.domain.documents import canonical_json
from deckgen.domain.errors import Unavailable
from deckgen.domain.signatures import SignatureStatus
from deckgen.domain.signing import check_signature, without_signature
from deckgen.domain.signing_keys import JsonWebKeySet
from deckgen.queue.orchestrator_calls import calling, refusal
from deckgen.store.presentations import DeckWithData

HERE = "this instance"


async def verify(settings: Settings, stored: DeckWithData) -> Verification:
    """Returns what the orchestrator finds as it computes the deck again; Unavailable if it is away."""
    deck = canonical_json(without_signature(stored.deck))  # the signature is checked here
    files = {"deck": ("deck.json", deck, "application/json")}
    if stored.gzip is not None:
        files["dataset"] = ("dataset.gz", stored.gzip, "application/gzip")
    async with calling(settings) as http:
        answer = await http.post("/verify", files=files)
    if not answer.is_success:
        raise refusal(answer, _not_verified())
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


def _not_verified() -> Unavailable:
    return Unavailable("The deck could not be verified just now. Try again later.", code="not_verified")
