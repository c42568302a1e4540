"""Which theme or template a request names."""

from dataclasses import dataclass

from starlette.requests import Request

from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.presentations import PresentationSummary
from deckgen.export.themes.theme import names
from deckgen.web.queries import fields
from deckgen.web.state import decks


@dataclass(frozen=True)
class Asked:
    """What an export is to wear: a template that there is, or a theme, or neither: then as the
    deck says."""

    theme: str = ""
    template: str = ""
    template_sha256: str = ""


async def asked(request: Request, summary: PresentationSummary) -> Asked:
    """Returns what a URL names, or else the deck's template if that is still there.

    InvalidRequest if there is no such theme or template.
    """
    named = fields(request)
    theme: str = named.get("theme", "")
    check(theme, "theme")
    if template := named.get("template"):
        worn = await decks(request).templates.find(template, "template")
        return Asked(theme, worn.reference, worn.sha256)
    if theme or not (summary.template and summary.template_sha256):
        return Asked(theme)
    return Asked("", summary.template, summary.template_sha256)


def check(name: str | None, field: str) -> None:
    """Raises InvalidRequest, which names the themes that there are, for one that there is not."""
    if name and name not in names():
        known = ", ".join(names())
        raise InvalidRequest.of(
            FieldError(field, f"is none of the themes {known}"), code="unknown_theme"
        )
