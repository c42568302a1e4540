"""The deck as a page: to read, to print, with the query behind each number."""

from typing import Any

from deckgen.export.format import Format, Use
from deckgen.export.html.viewer import CONTENT_SECURITY_POLICY
from deckgen.export.themes.look import Look


def _render(deck: dict[str, Any], notice: str, look: Look) -> bytes:
    from deckgen.domain.decks import Deck
    from deckgen.export.formats import formats
    from deckgen.export.html.page import render_html

    endings = {each.ending[1:].upper(): each.ending for each in formats() if each.use is not Use.PAGE}
    read = Deck.model_validate(deck)
    return render_html(read, look.theme, notice=notice, downloads=endings).encode()


FORMAT = Format(
    name="page",
    ending=".html",
    path="/api/presentations/{deck_id}.html",
    media_type="text/html",
    description=(
        "The deck as a page to read and print, or its draft; 409 while there is neither yet.\n\n"
        "A draft loads again by itself. With an ETag: 304 if the client has it."
    ),
    render=_render,
    use=Use.PAGE,
    libraries=("jinja2", "vl-convert-python"),
    # The page runs its own script and loads nothing, whatever its data says, and only we frame it.
    headers={"Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'self'"},
)
