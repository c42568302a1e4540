"""A tenant's templates; row security says whose."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.templates import (
    MAX_STORED_BYTES,
    MAX_VERSIONS,
    Reading,
    Reference,
    TemplateVersion,
    reference,
)
from deckgen.store import audit
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


@dataclass(frozen=True)
class NewTemplate:
    """What is kept of an upload: `sha256` is that of the file, `looks_sha256` that of what is kept."""

    name: str
    sha256: str
    looks_sha256: str
    base: bytes
    reading: Reading


@dataclass(frozen=True)
class Worn:
    """A version that there is: `acme@2`, and the hash of how it looks."""

    reference: str
    sha256: str


@dataclass(frozen=True)
class Looks:
    """What decks are drawn with: a theme as JSON, and the file that they are drawn upon."""

    theme: dict[str, Any]
    base: bytes


class TooManyError(Exception):
    """The tenant has as many templates as it may have; nothing was added."""


async def add(pool: Pool, new: NewTemplate) -> None:
    """Add a version, unless the latest one looks the same. TooManyError if the tenant has too many."""
    async with pool.acquire() as connection:
        await queries().lock_templates(connection)
        kept = await queries().kept_templates(connection)
        row = await queries().add_template(
            connection,
            name=new.name,
            sha256=new.sha256,
            looks_sha256=new.looks_sha256,
            base=new.base,
            reading=new.reading.to_json(),
        )
        if row is None:
            return
        if kept["versions"] >= MAX_VERSIONS or kept["bytes"] + len(new.base) > MAX_STORED_BYTES:
            raise TooManyError
        target = reference(row["name"], row["version"])
        await audit.record(connection, "template.added", "template", target, sha256=new.sha256)


async def listed(pool: Pool) -> list[TemplateVersion]:
    """Returns the latest version of each template."""
    return [TemplateVersion(**row) async for row in queries().templates(pool)]


async def versions(pool: Pool, name: str) -> list[TemplateVersion]:
    """Returns the versions of a template, the latest first."""
    return [TemplateVersion(**row) async for row in queries().template_versions(pool, name=name)]


async def reading(pool: Pool, name: str, version: int) -> Reading | None:
    """Returns what was read from a version; None if it is gone."""
    found = await queries().template_reading(pool, name=name, version=version)
    return None if found is None else Reading.model_validate(found)


async def find(pool: Pool, named: Reference) -> Worn | None:
    """Returns the version that is meant; None if there is none."""
    row = await queries().template_of_name(pool, name=named.name, version=named.version)
    return row and Worn(reference(row["name"], row["version"]), row["looks_sha256"])


async def looks(pool: Pool, named: Reference, sha256: str) -> Looks | None:
    """Returns what decks are drawn with; None if it is gone."""
    row = await queries().template_looks(pool, name=named.name, version=named.version, sha256=sha256)
    return row and Looks(row["theme"], row["base"])


async def remove(pool: Pool, named: Reference) -> list[int]:
    """Remove a version, or all of a template; returns which are gone."""
    async with pool.acquire() as connection:
        rows = queries().remove_templates(connection, name=named.name, version=named.version)
        gone = sorted([row["version"] async for row in rows])
        for version in gone:
            target = reference(named.name, version)
            await audit.record(connection, "template.removed", "template", target)
    return gone
