"""Presentations with the numbers of a new table, made by the orchestrator; nothing of them is kept."""

import asyncio
from collections.abc import Mapping
from importlib.metadata import version

import httpx
from isal import igzip

from deckgen.config.settings import Settings
from deckgen.domain.documents import canonical_json
from deckgen.domain.errors import TooLarge, Unavailable
from deckgen.domain.presentations import PRESENTATION
from deckgen.domain.refreshing import Refresh, RefreshedFile, signed_again, unpacked
from deckgen.domain.signing_keys import PrivateKey
from deckgen.queue.orchestrator_calls import calling, problem_of, refusal
from deckgen.store.datasets import COMPRESSION_LEVEL


async def refreshed(
    settings: Settings, content: bytes, table: bytes, name: str
) -> tuple[RefreshedFile, bytes]:
    """Returns what became of a presentation, and the file, which nobody has signed.

    InvalidRequest if it is none, or if the table is of another kind; UnreadableData for the table.
    """
    gzip = await asyncio.to_thread(igzip.compress, table, COMPRESSION_LEVEL)
    presentation = ("deck.pptx", content, PRESENTATION)
    async with calling(settings) as http:
        files = {"presentation": presentation, "dataset": ("dataset.gz", gzip, "application/gzip")}
        return unpacked(_checked(await http.post("/refresh", files=files, data={"name": name})))


async def signed(
    settings: Settings,
    document: RefreshedFile,
    file: bytes,
    key: PrivateKey | None,
    trusted: Mapping[str, str],
) -> tuple[Refresh, bytes]:
    """Returns the same, signed if a trusted key had signed the presentation that was given."""
    document = await asyncio.to_thread(signed_again, document, key, trusted, version("deckgen"))
    if document.refresh.is_signed:
        async with calling(settings) as http:
            file = _checked(await http.post("/refresh/seal", files=_with_deck(document, file)))
    return document.refresh, file


def _with_deck(document: RefreshedFile, file: bytes) -> dict[str, tuple[str, bytes, str]]:
    deck = ("deck.json", canonical_json(document.deck), "application/json")
    return {"presentation": ("deck.pptx", file, PRESENTATION), "deck": deck}


def _checked(answer: httpx.Response) -> bytes:
    if answer.is_success:
        return answer.content
    problem = problem_of(answer)
    if answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE and problem:
        raise TooLarge(problem["detail"], code=problem["code"])
    raise refusal(answer, _not_refreshed())


def _not_refreshed() -> Unavailable:
    return Unavailable(
        "The presentation could not be refreshed just now. Try again later.", code="not_refreshed"
    )
