"""Templates: a tenant's PowerPoint files whose master, layouts, colours and fonts decks wear."""

import re
from datetime import datetime
from typing import Annotated, Any, NamedTuple

from pydantic import Field, StringConstraints

from deckgen.domain.documents import BaseDocument

TEMPLATE = "application/vnd.openxmlformats-officedocument.presentationml.template"
MAX_TEMPLATE_BYTES = 20_000_000
MAX_UNPACKED_BYTES, MAX_XML_BYTES = 60_000_000, 15_000_000  # of all that is taken; but for pictures
MAX_MASTERS, MAX_LAYOUTS = 20, 200
MAX_LAYOUT_BYTES = 1_000_000  # of one: a deck has several that start from it
MAX_VERSIONS, MAX_STORED_BYTES = 50, 200_000_000  # of all templates of a tenant
MAX_REMARKS = 100
_NAME = r"[a-z][a-z0-9-]{0,39}"
NAME_PATTERN = rf"^{_NAME}$"
REFERENCE_PATTERN = rf"^{_NAME}(@[1-9][0-9]{{0,8}})?$"

TemplateName = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
# A name alone is the latest version.
TemplateReference = Annotated[str, StringConstraints(pattern=REFERENCE_PATTERN)]


class Reference(NamedTuple):
    """A template as requests name it: `acme` or `acme@2`."""

    name: str
    version: int | None

    @classmethod
    def of(cls, text: str) -> "Reference | None":
        """Returns what a text names; None if it names nothing."""
        if not re.fullmatch(REFERENCE_PATTERN, text):
            return None
        name, _, version = text.partition("@")
        return cls(name, int(version) if version else None)


class LayoutUse(BaseDocument):
    """A layout of a template, and what its slides are drawn upon it."""

    layout: str
    archetypes: list[str]
    by: str = Field(description="placeholders, name, or none: nothing in the template suits")


class Reading(BaseDocument):
    """What was read from a template. Lengths are points of a slide that is 540 of them tall."""

    width: float = Field(description="Of its slides, in points of their own")
    height: float
    fonts: list[str] = Field(description="Of headlines and of other text")
    layouts: list[LayoutUse]
    remarks: list[str] = Field(
        description="What could not be mapped, was measured otherwise, changed or removed"
    )
    theme: dict[str, Any] = Field(
        description="Colours, sizes of type, places and grid, as decks wear it"
    )


class ReadTemplate(BaseDocument):
    """What is kept of an uploaded template: its cleaned file in base64, and what was read from it."""

    reading: Reading
    base: str


class TemplateVersion(BaseDocument):
    name: str
    version: int
    sha256: str = Field(description="Of the file that was uploaded")
    created_at: datetime


class Template(TemplateVersion):
    """The latest version of a template, or the one that was asked for, and all that there are."""

    reading: Reading
    versions: list[TemplateVersion]


class TemplateList(BaseDocument):
    templates: list[TemplateVersion] = Field(description="The latest version of each, by name")


class RemovedTemplate(BaseDocument):
    name: str
    removed: list[int] = Field(description="The versions that are gone")


def reference(name: str, version: int) -> str:
    return f"{name}@{version}"
