"""Who signed a deck, as far as the caller knows: keys that are given, or that an instance publishes."""

import asyncio
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import httpx

from deckgen.client.http import LOCAL
from deckgen.client.verify_files import read_document
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
    """What is said of a deck's signature, and whether that is good enough for the caller."""

    sentence: str
    holds: bool
    is_trusted: bool = False


@dataclass(frozen=True)
class Trust:
    """The names of signers by the ids of their keys. A caller who names any wants one of them."""

    signers: dict[str, str]
    is_asked: bool

    @classmethod
    def of(cls, keys: Sequence[str], urls: Sequence[str]) -> Self:
        """InvalidRequest for what is no key, Unavailable for an instance that can't be asked."""
        named = [(key, name) for given in keys for key, name in _given(given)]
        named += [(key, url) for url in urls for key in _published(url)]
        return cls({key.key_id: name for key, name in named}, is_asked=bool(keys or urls))

    def look_at(self, deck: Path, data: Path | None) -> Verdict:
        """Check the signature of a deck in a JSON file, made of the table in another one."""
        document = read_document(deck)
        table = _sha256(data) if data is not None and document.get("source") else None
        return self.judge(check_signature(document, table_sha256=table, trusted=self.signers))

    def judge(self, report: SignatureReport) -> Verdict:
        """Whoever named keys takes no deck without a signature either: anybody can remove one."""
        if report.status is SignatureStatus.INVALID:
            return Verdict(f"the signature does not fit the deck: {report.reason}", holds=False)
        if report.signer:
            return Verdict(
                f"signed by {report.signer}, key {report.key_id}", holds=True, is_trusted=True
            )
        said = "not signed"
        if report.status is SignatureStatus.VALID:
            said = f"signed by an instance that is not known here (key {report.key_id})"
        if self.is_asked:
            return Verdict(f"{said}, and not by one of the keys given", holds=False)
        return Verdict(said, holds=True)


def _given(text: str) -> Iterator[tuple[PublicKey, str]]:
    """The keys of a file, or the one that is written in base64."""
    try:
        content, name = _content(text)
        keys = list(_read(content))
    except (OSError, ValueError, RecursionError):
        raise InvalidRequest(
            f"--key {text}: give a file with, or in place of it, {EXPECTED}."
        ) from None
    for key in keys:
        yield key, name


def _content(text: str) -> tuple[bytes, str]:
    """What the file of this name begins with, and its name; the text itself if there is none."""
    path = Path(text)
    if not path.is_file():
        return text.encode(), "the key given"
    with path.open("rb") as file:
        return file.read(MAX_BYTES), text


def _read(content: bytes) -> Iterable[PublicKey]:
    """ValueError if no form of a public key is recognised."""
    content = content.strip()
    if content.startswith(PUBLIC_PEM):
        return [from_pem(content)]
    if content.startswith(b"{"):
        return from_key_set(json.loads(content))
    return [PublicKey.decode(content.decode())]


def _published(url: str) -> Iterable[PublicKey]:
    """The keys of the instance at a URL, bounded in time and size; no redirect is followed."""
    address = url.rstrip("/") + KEYS_PATH
    try:
        return list(from_key_set(json.loads(asyncio.run(_fetch(address)))))
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise Unavailable(f"--trust {url}: its keys can't be fetched ({_why(error)}).") from None
    except (ValueError, RecursionError):
        raise Unavailable(f"--trust {url}: what {address} answers is no set of keys.") from None


async def _fetch(address: str) -> bytes:
    """ValueError for what is too long; it is never unpacked, so that it can't grow."""
    local = urlsplit(address).hostname in LOCAL  # which a proxy can't reach
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


def _why(error: Exception) -> str:
    match error:
        case httpx.HTTPStatusError():
            return f"it answered {error.response.status_code}"
        case TimeoutError() | httpx.TimeoutException():
            return f"it took longer than {FETCH_SECONDS:g} s"
    return str(error) or type(error).__name__


def _sha256(path: Path) -> str:
    """Of the table itself, be it compressed or not: as the deck's source names it."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidRequest(f"{path} can't be read: {error}.", code="unreadable_file") from None
