"""The signature of a deck, and the result of checking one."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from deckgen.domain.documents import BaseDocument

KeyId = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{43}$")]


class Signature(BaseDocument):
    """The signature over the deck and all its own fields but `value`: deckgen/domain/signing.py."""

    algorithm: Literal["Ed25519"] = "Ed25519"
    key_id: KeyId = Field(description="The thumbprint of `publicKey` (RFC 7638)")
    public_key: str = Field(description="The key to check it with, in base64url")
    version: str = Field(description="The version of deckgen that signed it")
    table_sha256: str | None = Field(
        description="SHA-256 of the table that the deck was made from; null without one"
    )
    value: str = Field(description="The signature, in base64url")


class SignatureStatus(StrEnum):
    NONE = "none"  # as all decks of version 0.1.0
    VALID = "valid"  # what was signed is what there is
    INVALID = "invalid"


class SignatureReport(BaseDocument):
    """The report on a deck's signature: a valid one by an unknown key could be anybody's."""

    status: SignatureStatus
    key_id: KeyId | None = Field(default=None, description="The key of a valid signature")
    known: bool = Field(default=False, description="true if the key is one of the trusted ones")
    signer: str | None = Field(default=None, description="The owner of the key, if it is known")
    reason: str = Field(default="", description="Why an invalid signature is invalid")
