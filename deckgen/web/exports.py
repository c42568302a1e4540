"""Exports, each rendered once for all who ask at the same time, and kept as a file."""

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
from deckgen.runtime.single_flight import SingleFlight
from deckgen.store.templates import Looks, Worn

log = get_logger(__name__)

SWEEP_SECONDS = 60.0  # the longest that the files of a deleted deck stay
RENDERINGS = 2  # at a time: each takes a fifth of a second of a processor


class Replaced(Unavailable):
    """Another deck has replaced the one that was to be rendered."""

    code = "deck_replaced"


class Exports:
    """The rendered decks: use as `async with Exports(...)`, so that those of deleted decks are removed.

    An export that can't be kept is rendered for each request; the first failure is logged.
    """

    def __init__(self, settings: Settings, decks: AsyncOrchestrator) -> None:
        renderer()  # its hash is taken now, while the code is the one that was loaded
        self._decks = decks
        self._shared = SingleFlight[bytes](keep_seconds=0)
        self._slots = asyncio.Semaphore(RENDERINGS)
        self._is_complaining = False
        self._cache = self._open(settings) if settings.export_cache_bytes else None

    async def get(self, export: Export, presentation: PresentationSummary) -> bytes:
        """Returns the export of a deck; Replaced if `presentation` no longer has that deck."""
        ask = partial(self._get, export, presentation)
        return await self._shared.once(f"{export.tenant} {export.deck_id} {export.key}", ask)

    async def __aenter__(self) -> Self:
        self._sweeping = asyncio.create_task(self._sweep())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._sweeping.cancel()
        await asyncio.gather(self._sweeping, return_exceptions=True)

    async def forget(self, tenant: str, deck_id: str) -> None:
        """Remove the exports of a deleted deck."""
        if self._cache:
            with suppress(OSError):  # an id may be longer than a file's name: then there is no file
                await asyncio.to_thread(self._cache.forget, tenant, deck_id)

    async def forget_deleted(self, only: str | None = None) -> None:
        """Remove the exports of all deleted decks, whoever has deleted them; or those of one tenant."""
        if self._cache:
            for tenant, deck_ids in (await asyncio.to_thread(self._cache.deck_ids)).items():
                if only not in (None, tenant):
                    continue
                for deck_id in await self._decks.of(tenant).get_unknown(deck_ids):
                    await self.forget(tenant, deck_id)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self.forget_deleted()
            except Exception as error:  # the next sweep finds what this one missed
                log.warning("exports.not_swept", error=repr(error))

    async def _get(self, export: Export, presentation: PresentationSummary) -> bytes:
        cached = await asyncio.to_thread(self._cache.read, export) if self._cache else None
        if cached is not None:
            return cached
        async with self._slots if export.format.is_drawn else nullcontext():
            deck = await self._decks.of(export.tenant).get_deck(export.deck_id, export.deck_sha256)
            if deck is None:
                raise Replaced("Another deck is replacing this one just now. Try again.")
            looks = await self._looks(export)
            return await asyncio.to_thread(self._render, export, presentation, deck, looks)

    async def _looks(self, export: Export) -> Looks | None:
        """Returns the template that an export wears, if it wears one."""
        if not export.template:
            return None
        worn = Worn(export.template, export.template_sha256)
        looks = await self._decks.of(export.tenant).templates.looks(worn)
        if looks is None:
            raise Replaced("The template is being removed just now. Try again.")
        return looks

    def _render(
        self,
        export: Export,
        presentation: PresentationSummary,
        deck: dict[str, Any],
        looks: Looks | None,
    ) -> bytes:
        content = export.render(deck, looks.theme, looks.base) if looks else export.render(deck)
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
            cache.keep_only(export.tenant, export.deck_id, presentation.sha256s)
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
