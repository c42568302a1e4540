"""A tenant's templates: read by the orchestrator, kept in versions, worn by decks."""

import base64
import hashlib
from typing import Any

from deckgen.config.settings import Settings
from deckgen.domain.access import Caller
from deckgen.domain.documents import content_hash
from deckgen.domain.errors import Conflict, FieldError, InvalidRequest, NotFound, TooLarge, Unavailable
from deckgen.domain.presentations import PRESENTATION
from deckgen.domain.templates import (
    MAX_STORED_BYTES,
    MAX_VERSIONS,
    ReadTemplate,
    Reference,
    RemovedTemplate,
    Template,
    TemplateList,
)
from deckgen.observability.logs import get_logger
from deckgen.queue.connections import Connections
from deckgen.queue.orchestrator_calls import calling, problem_of, refusal
from deckgen.store import away, templates
from deckgen.store.templates import Looks, NewTemplate, Worn

log = get_logger(__name__)


class TenantTemplates:
    """The templates of a caller's tenant. NotFound for a name, or a version, that there is not."""

    def __init__(self, connections: Connections, settings: Settings, caller: Caller) -> None:
        self._database = connections.database.acting_for(caller)
        self._reading = connections.reading.acting_for(caller)
        self._settings = settings

    async def put(self, name: str, content: bytes) -> Template:
        """Add a version; the latest one stays if the file gives the same. Conflict if there are
        too many.

        InvalidRequest for a file that is none, is dangerous, or that nothing can be drawn upon.
        """
        _named(name)
        read = await self._read(name, content)
        base = base64.b64decode(read.base)
        looks = content_hash([hashlib.sha256(base).hexdigest(), read.reading.to_json()])
        new = NewTemplate(name, hashlib.sha256(content).hexdigest(), looks, base, read.reading)
        try:
            async with away.database():
                await templates.add(self._database, new)
        except templates.TooManyError:
            raise Conflict(
                f"The tenant has {MAX_VERSIONS} versions of templates, or {MAX_STORED_BYTES:,} "
                f"bytes of them, "
                "already. Delete some first.",
                code="too_many_templates",
            ) from None
        log.info("template.put", template=name)
        return await self.get(name)

    async def listed(self) -> TemplateList:
        """Returns the latest version of each template."""
        async with away.database():
            return TemplateList(templates=await templates.listed(self._reading))

    async def get(self, text: str) -> Template:
        """Returns a template with what was read from it: `acme` is the latest version of `acme@2`."""
        named = _named(text)
        async with away.database():
            every = await templates.versions(self._database, named.name)
            found = [each for each in every if named.version in (None, each.version)]
            reading = (
                await templates.reading(self._database, named.name, found[0].version) if found else None
            )
        if reading is None:
            raise _unknown(text)
        return Template(**found[0].model_dump(), reading=reading, versions=every)

    async def remove(self, text: str) -> RemovedTemplate:
        """Remove a version, or all of a template: decks that name it wear the standard theme."""
        named = _named(text)
        async with away.database():
            gone = await templates.remove(self._database, named)
        if not gone:
            raise _unknown(text)
        log.info("template.removed", template=text)
        return RemovedTemplate(name=named.name, removed=gone)

    async def find(self, text: str, field: str) -> Worn:
        """Returns the version that a request means; InvalidRequest, which names the field, for none."""
        named = Reference.of(text)
        async with away.database():
            found = named and await templates.find(self._reading, named)
        if not found:
            raise InvalidRequest.of(
                FieldError(field, "names no template of yours"), code="unknown_template"
            )
        return found

    async def looks(self, worn: Worn) -> Looks | None:
        """Returns what decks are drawn with; None if it has gone in the meantime."""
        named = _named(worn.reference)
        async with away.database():
            return await templates.looks(self._reading, named, worn.sha256)

    async def _read(self, name: str, content: bytes) -> ReadTemplate:
        files: dict[str, Any] = {"template": ("template.potx", content, PRESENTATION)}
        async with calling(self._settings) as http:
            answer = await http.post("/templates", files=files, data={"name": name})
        if answer.is_success:
            return ReadTemplate.model_validate_json(answer.content)
        problem = problem_of(answer)
        if problem.get("code") == "presentation_too_large":
            raise TooLarge(problem["detail"], code=problem["code"])
        raise refusal(answer, _not_read())


def _named(text: str) -> Reference:
    named = Reference.of(text)
    if named is None:
        raise _unknown(text)
    return named


def _unknown(text: str) -> NotFound:
    return NotFound(f"There is no template {text[:60]!r}.", code="template_not_found")


def _not_read() -> Unavailable:
    return Unavailable(
        "The template could not be read just now. Try again later.", code="template_not_read"
    )
