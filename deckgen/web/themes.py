"""Which theme a request names."""

from starlette.requests import Request

from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.export.themes.theme import names
from deckgen.web.queries import fields


def theme_of(request: Request) -> str:
    """Returns the theme that a URL names, "" without one; InvalidRequest if there is no such theme."""
    named: str = fields(request).get("theme", "")
    check(named, "theme")
    return named


def check(name: str | None, field: str) -> None:
    """Raises InvalidRequest, which names the themes that there are, for one that there is not."""
    if name and name not in names():
        known = ", ".join(names())
        raise InvalidRequest.of(
            FieldError(field, f"is none of the themes {known}"), code="unknown_theme"
        )
