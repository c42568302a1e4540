"""The keys of signatures (Ed25519) and their written forms: base64, PEM, JSON Web Keys."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from deckgen.domain.documents import BaseDocument, canonical_json

KEY_BYTES = 32
PUBLIC_PEM = b"-----BEGIN PUBLIC KEY-----"


class JsonWebKey(BaseDocument):
    """A public key by RFC 7517, and RFC 8037 for keys of this kind."""

    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    alg: Literal["EdDSA"] = "EdDSA"
    use: Literal["sig"] = "sig"
    kid: str
    x: str
    created_at: datetime
    retired_at: datetime | None


class JsonWebKeySet(BaseDocument):
    """The public keys of an instance. A retired key signs nothing new; its signatures stay valid."""

    keys: list[JsonWebKey]


@dataclass(frozen=True)
class PublicKey:
    raw: bytes

    @property
    def encoded(self) -> str:
        """The 32 bytes in base64url."""
        return to_base64url(self.raw)

    @cached_property
    def key_id(self) -> str:
        """The thumbprint of RFC 7638: it is made of the key, so it can't name another one."""
        jwk = {"crv": "Ed25519", "kty": "OKP", "x": self.encoded}
        return to_base64url(hashlib.sha256(canonical_json(jwk)).digest())

    def has_signed(self, message: bytes, value: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(value, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    @classmethod
    def decode(cls, text: str) -> Self:
        """The key that is written in base64 or base64url; ValueError if there is none."""
        return cls(decode_key(text))


class PrivateKey:
    """A private key. Its representation shows nothing, because it may appear in a traceback."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = PublicKey(self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> Self:
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def decode(cls, text: str) -> Self:
        """The key whose 32 random bytes are written in base64; ValueError if they are not."""
        return cls(decode_key(text))

    @property
    def seed(self) -> bytes:
        """The secret itself, to be kept."""
        return self._key.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Returns the signature, which is the same for the same message."""
        return self._key.sign(message)


def decode_key(text: str) -> bytes:
    """The 32 bytes of a key in base64 or base64url, with or without padding; ValueError otherwise."""
    key = from_base64url(text.strip().rstrip("=").replace("+", "-").replace("/", "_"))
    if len(key) != KEY_BYTES:
        raise ValueError("must be 32 bytes in base64")
    return key


def from_pem(content: bytes) -> PublicKey:
    """The key of a PEM file; ValueError unless it is a public one of Ed25519."""
    key = load_pem_public_key(content)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("is not a key of Ed25519")  # noqa: TRY004 - a file's content, no argument
    return PublicKey(key.public_bytes_raw())


def from_key_set(document: Any) -> Iterator[PublicKey]:
    """The Ed25519 keys of a JSON Web Key Set; other kinds are passed over, as RFC 7517 says."""
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        raise ValueError("is not a JSON Web Key Set")  # noqa: TRY004 - a document, no argument
    for key in keys:
        if isinstance(key, dict) and (key.get("kty"), key.get("crv")) == ("OKP", "Ed25519"):
            yield PublicKey.decode(str(key.get("x")))


def to_base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Returns the bytes that `to_base64url` writes as exactly `text`; ValueError if there are none."""
    try:
        value = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        value = b""
    if to_base64url(value) != text:
        raise ValueError("is no base64")
    return value
