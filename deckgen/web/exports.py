"""Exports, each rendered once: by this process for all who ask at the same time, and kept as a file."""

import asyncio
from contextlib import nullcontext, suppress
from functools import partial
from typing import Any, Self

from deckgen.config.settings import Settings
from deckgen.domain.errors import Unavailable
from deckgen.domain.presentations import PresentationSummary
from deckgen.export.cache import ExportCache
from deckgen.export.exports import Export, renderer
from deckgen.observability.logs import get_logger
from deckgen.queue.service import AsyncOrchestrator
from deckgen.runtime.single_flight import Recent

log = get_logger(__name__)

SWEEP_SECONDS = 60.0  # how long the files of a deleted deck stay, at most
RENDERINGS = 2  # at a time: each takes a fifth of a second of a processor


class Replaced(Unavailable):
    """Another deck took the place of the one that was to be rendered."""

    code = "deck_replaced"


class Exports:
    """Use as `async with Exports(...)`, so that what was rendered of deleted decks is removed.

    What can't be kept is rendered for each that asks; the first time is told in the log.
    """

    def __init__(self, settings: Settings, decks: AsyncOrchestrator) -> None:
        renderer()  # now, as nobody changes the code that is loaded
        self._decks = decks
        self._shared = Recent[bytes](keep_seconds=0)
        self._slots = asyncio.Semaphore(RENDERINGS)
        self._is_complaining = False
        self._cache = self._open(settings) if settings.export_cache_bytes else None

    async def get(self, export: Export, presentation: PresentationSummary) -> bytes:
        """The export of a deck that `presentation` has just now; Replaced if it does no more."""
        ask = partial(self._get, export, presentation)
        return await self._shared.once(f"{export.deck_id} {export.key}", ask)

    async def __aenter__(self) -> Self:
        self._sweeping = asyncio.create_task(self._sweep())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._sweeping.cancel()
        await asyncio.gather(self._sweeping, return_exceptions=True)

    async def forget(self, deck_id: str) -> None:
        """Remove what was rendered of a deck that is gone."""
        if self._cache:
            with suppress(OSError):  # there is nothing whose name is longer than a file's may be
                await asyncio.to_thread(self._cache.forget, deck_id)

    async def forget_deleted(self) -> None:
        """Remove what was rendered of all decks that are gone, whoever has deleted them."""
        if self._cache:
            kept = await asyncio.to_thread(self._cache.deck_ids)
            for deck_id in await self._decks.get_unknown(kept):
                await self.forget(deck_id)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self.forget_deleted()
            except Exception as error:  # the next time finds what this one has not
                log.warning("exports.not_swept", error=repr(error))

    async def _get(self, export: Export, presentation: PresentationSummary) -> bytes:
        kept = await asyncio.to_thread(self._cache.read, export) if self._cache else None
        if kept is not None:
            return kept
        async with self._slots if export.format.is_drawn else nullcontext():
            deck = await self._decks.get_deck(export.deck_id, export.deck_sha256)
            if deck is None:
                raise Replaced("The deck is being replaced just now. Ask again.")
            return await asyncio.to_thread(self._render, export, presentation, deck)

    def _render(self, export: Export, presentation: PresentationSummary, deck: dict[str, Any]) -> bytes:
        content = export.render(deck)
        if self._cache:
            self._keep(self._cache, export, presentation, content)
        return content

    def _keep(
        self,
        cache: ExportCache,
        export: Export,
        presentation: PresentationSummary,
        content: bytes,
    ) -> None:
        try:
            cache.write(export, content)
            cache.keep_only(export.deck_id, presentation.sha256s)
        except OSError as error:
            self._complain(error)
        else:
            self._is_complaining = False

    def _open(self, settings: Settings) -> ExportCache | None:
        try:
            return ExportCache(settings.export_cache_dir, settings.export_cache_bytes)
        except OSError as error:
            self._complain(error)
            return None

    def _complain(self, error: OSError) -> None:
        if not self._is_complaining:
            log.warning("exports.not_kept", reason=str(error))
        self._is_complaining = True
