"""Tokens of 256 random bits, of which only the hash is kept: of links and of sessions."""

import hashlib
import re
import secrets

TOKEN = re.compile("[A-Za-z0-9_-]{43}", re.ASCII)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def sha256_of(token: str) -> bytes | None:
    """Returns the hash of a token; None for a text that can be none."""
    return hashlib.sha256(token.encode()).digest() if TOKEN.fullmatch(token) else None
