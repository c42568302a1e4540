"""Checks of settings whose types do not say enough. No message quotes a secret."""

import base64
import re
from urllib.parse import urlsplit

from deckgen.domain.signing_keys import decode_key


def check_postgres(url: str) -> None:
    """Raise ValueError, with the right form, unless the URL names one PostgreSQL or several."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError("must begin with postgresql://")
    try:
        for host in parts.netloc.rpartition("@")[2].split(","):
            urlsplit(f"//{host}").port  # noqa: B018 - it raises, perhaps with a part of the password
    except ValueError:
        raise ValueError(
            "its port must be a number; in a password write / as %2F, # as %23 and ? as %3F"
        ) from None


def check_dsn(url: str) -> None:
    """Raise ValueError unless the URL is the address of a project in Sentry."""
    parts = urlsplit(url)
    is_web = parts.scheme in ("http", "https")
    if not (is_web and parts.username and parts.hostname and parts.path.rpartition("/")[2].isdecimal()):
        raise ValueError("must be as Sentry shows it: https://KEY@HOST/NUMBER")


def check_secret(secret: str) -> None:
    """Raise ValueError unless the secret is as Standard Webhooks has it; its library is less strict."""
    prefix, _, encoded = secret.partition("_")
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except ValueError:
        key = b""
    if prefix != "whsec" or not 24 <= len(key) <= 64:
        raise ValueError("must be whsec_ and 24 to 64 random bytes in base64")


def check_token(token: str) -> None:
    """Raise ValueError unless the secret is long, and can be sent in a header."""
    if not re.fullmatch("[!-~]{32,256}", token):
        raise ValueError("must be 32 to 256 letters, digits and signs: openssl rand -hex 32")


def check_signing_key(key: str) -> None:
    """Raise ValueError unless the key is the seed of an Ed25519 key."""
    try:
        decode_key(key)
    except ValueError:
        raise ValueError("must be 32 random bytes in base64: openssl rand -base64 32") from None
