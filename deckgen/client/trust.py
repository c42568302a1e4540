"""The signer of a deck, among keys that the caller gives or an instance publishes."""

import asyncio
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from deckgen.client.connection import LOCAL
from deckgen.domain.errors import InvalidRequest, Unavailable
from deckgen.domain.signatures import SignatureReport, SignatureStatus
from deckgen.domain.signing import check_signature
from deckgen.domain.signing_keys import PUBLIC_PEM, PublicKey, from_key_set, from_pem

KEYS_PATH = "/.well-known/deckgen-keys"
MAX_BYTES = 1_000_000  # thousands of keys
FETCH_SECONDS = 10.0
EXPECTED = "a public key of Ed25519: 32 bytes in base64, PEM, or a JSON Web Key Set"


@dataclass(frozen=True)
class Verdict:
    """A sentence about a deck's signature; `holds` says that it is good enough for the caller."""

    sentence: str
    holds: bool
    is_trusted: bool = False
    report: SignatureReport | None = None


@dataclass(frozen=True)
class Trust:
    """The names of signers by the ids of their keys; `is_asked` says that the caller demands one."""

    signers: dict[str, str]
    is_asked: bool

    @classmethod
    def of(cls, keys: Sequence[str], urls: Sequence[str]) -> Self:
        """Read keys; raises InvalidRequest for a bad one, Unavailable for an instance that is away."""
        named = [(key, name) for text in keys for key, name in _given_keys(text)]
        named += [(key, url) for url in urls for key in _published_keys(url)]
        return cls({key.key_id: name for key, name in named}, is_asked=bool(keys or urls))

    def look_at(self, document: Any, data: Path | None) -> Verdict:
        """Check the signature of a deck, as JSON, made of the table in a file; None has none."""
        document = document or {}
        table = _sha256(data) if data is not None and document.get("source") else None
        report = check_signature(document, table_sha256=table, trusted=self.signers)
        return replace(self.judge(report), report=report)

    def judge(self, report: SignatureReport) -> Verdict:
        """Returns the verdict; a caller who demands a signer accepts no unsigned deck either."""
        if report.status is SignatureStatus.INVALID:
            return Verdict(f"the signature does not fit the deck: {report.reason}", holds=False)
        if report.signer:
            return Verdict(
                f"signed by {report.signer}, key {report.key_id}", holds=True, is_trusted=True
            )
        sentence = "not signed"
        if report.status is SignatureStatus.VALID:
            sentence = f"signed by an instance that is not known here (key {report.key_id})"
        # Anybody can remove a signature.
        if self.is_asked:
            return Verdict(f"{sentence}, and not by one of the keys given", holds=False)
        return Verdict(sentence, holds=True)


def _given_keys(text: str) -> Iterator[tuple[PublicKey, str]]:
    """Yield the keys of a file, or the key that is written in base64."""
    try:
        content, name = _content(text)
        keys = list(_read(content))
    except (OSError, ValueError, RecursionError):
        raise InvalidRequest(
            f"--key {text} is neither a key nor a file with one: give {EXPECTED}."
        ) from None
    for key in keys:
        yield key, name


def _content(text: str) -> tuple[bytes, str]:
    """Returns the beginning of the file of this name, and the name; else the text itself."""
    path = Path(text)
    if not path.is_file():
        return text.encode(), "the key given"
    with path.open("rb") as file:
        return file.read(MAX_BYTES), text


def _read(content: bytes) -> Iterable[PublicKey]:
    """Returns the public keys; raises ValueError if no form of them is recognised."""
    content = content.strip()
    if content.startswith(PUBLIC_PEM):
        return [from_pem(content)]
    if content.startswith(b"{"):
        return from_key_set(json.loads(content))
    return [PublicKey.decode(content.decode())]


def _published_keys(url: str) -> Iterable[PublicKey]:
    """Returns the keys of the instance at a URL, with limits of time and size, and no redirect."""
    address = url.rstrip("/") + KEYS_PATH
    try:
        return list(from_key_set(json.loads(asyncio.run(_fetch(address)))))
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise Unavailable(f"--trust {url}: its keys can't be fetched ({_reason(error)}).") from None
    except (ValueError, RecursionError):
        raise Unavailable(f"--trust {url}: the answer of {address} is no set of keys.") from None


async def _fetch(address: str) -> bytes:
    """Fetch a document, which is never unpacked and can't grow; raises ValueError above a limit."""
    local = urlsplit(address).hostname in LOCAL  # a proxy can't reach it
    content = bytearray()
    async with (
        asyncio.timeout(FETCH_SECONDS),
        httpx.AsyncClient(trust_env=not local) as http,
        http.stream("GET", address, headers={"Accept-Encoding": "identity"}) as answer,
    ):
        answer.raise_for_status()
        async for chunk in answer.aiter_raw():
            content += chunk
            if len(content) > MAX_BYTES:
                raise ValueError("is too long")
    return bytes(content)


def _reason(error: Exception) -> str:
    match error:
        case httpx.HTTPStatusError():
            return f"it answered {error.response.status_code}"
        case TimeoutError() | httpx.TimeoutException():
            return f"it took longer than {FETCH_SECONDS:g} s"
    return str(error) or type(error).__name__


def _sha256(path: Path) -> str:
    """Returns the hash of the table itself, compressed or not, as the deck's source names it."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidRequest(f"{path} can't be read: {error}.", code="unreadable_file") from None
