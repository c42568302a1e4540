"""Sign a deck, and check the signature of one.

What is signed is a line that says what it is, then the canonical JSON (RFC 8785) of the deck without
its signature and of the signature without its value. The deck is taken as JSON and not as a Deck: a
version that adds a field reads a default into older decks, which was not signed.

Numbers are canonical by their value, so a signature outlives PostgreSQL's jsonb, which writes 1e20 as
100000000000000000000, and JavaScript, which writes 1.0 as 1. A whole number that a double can't hold
has no form in RFC 8785: 9007199254740993 is signed as `{"integer": "9007199254740993"}`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
import rfc8785
from pydantic import ValidationError

from deckgen.domain.documents import canonical_json
from deckgen.domain.signatures import Signature, SignatureReport, SignatureStatus
from deckgen.domain.signing_keys import PrivateKey, PublicKey, from_base64url, to_base64url

PREFIX = b"deckgen-deck-v1\n"  # a signature of something else is never one of a deck
SAFE_INTEGER = 2**53 - 1
CHANGED = "deck, table and version are not those that were signed"


def sign(deck: Any, key: PrivateKey, *, table_sha256: str | None, version: str) -> dict[str, Any]:
    """Returns the deck with its signature, which replaces any that it had; equal bytes each time."""
    # The API will answer in this form: whole numbers of more than 64 bits are read as doubles.
    unsigned = without_signature(orjson.loads(canonical_json(deck)))
    head = {
        "algorithm": "Ed25519",
        "keyId": key.public.key_id,
        "publicKey": key.public.encoded,
        "version": version,
        "tableSha256": table_sha256,
    }
    return unsigned | {"signature": head | {"value": to_base64url(key.sign(_message(unsigned, head)))}}


def check_signature(
    deck: Mapping[str, Any], *, table_sha256: str | None, trusted: Mapping[str, str]
) -> SignatureReport:
    """Returns whether the signature was made over the deck, as JSON, and the table with this hash.

    `trusted` maps the ids of keys to the names of their signers.
    """
    document = deck.get("signature")
    if document is None:
        return SignatureReport(status=SignatureStatus.NONE)
    try:
        signature = Signature.model_validate(document)
        public = PublicKey.decode(signature.public_key)
        value = from_base64url(signature.value)
    except (ValidationError, ValueError):
        return _invalid("it is not written as a signature of deckgen's")
    if public.key_id != signature.key_id:
        return _invalid("its key id is not that of its key")
    head = {name: value for name, value in document.items() if name != "value"}
    try:
        signed = public.has_signed(_message(without_signature(deck), head), value)
    except (rfc8785.CanonicalizationError, RecursionError):
        return _invalid("the deck can't be read")
    if not signed:
        return _invalid(CHANGED)
    if table_sha256 != signature.table_sha256:
        return _invalid("it was made for another table")
    signer = trusted.get(public.key_id)
    return SignatureReport(
        status=SignatureStatus.VALID, key_id=public.key_id, known=signer is not None, signer=signer
    )


def _invalid(reason: str) -> SignatureReport:
    return SignatureReport(status=SignatureStatus.INVALID, reason=reason)


def without_signature(deck: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in deck.items() if name != "signature"}


def _message(unsigned: Any, head: Any) -> bytes:
    return PREFIX + rfc8785.dumps(_with_exact_integers({"deck": unsigned, "signature": head}))


def _with_exact_integers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_exact_integers(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_exact_integers(member) for member in value]
    if isinstance(value, int) and abs(value) > SAFE_INTEGER:
        return _exact(value)
    return value


def _exact(number: int) -> float | dict[str, str]:
    """Returns the double whose shortest form has exactly these digits, if there is one."""
    try:
        double = float(number)
    except OverflowError:
        return {"integer": str(number)}
    return double if Decimal(repr(double)) == number else {"integer": str(number)}
