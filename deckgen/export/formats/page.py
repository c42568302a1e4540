"""The deck as a page: to read, to print, with the query behind each number."""

from typing import Any

from deckgen.export.format import Format, Use


def _render(deck: dict[str, Any], notice: str) -> bytes:
    from deckgen.domain.decks import Deck
    from deckgen.export.html.page import render_html

    return render_html(Deck.model_validate(deck), notice=notice).encode()


FORMAT = Format(
    name="page",
    ending=".html",
    path="/decks/{deck_id}",
    media_type="text/html",
    description=(
        "The deck as a page to read and print; while it is made, its draft or a page that says so.\n\n"
        "Both load again by themselves. With an ETag: 304 if the client has it."
    ),
    render=_render,
    use=Use.PAGE,
    libraries=("jinja2", "vl-convert-python"),
    # The page runs no script and loads nothing, whatever its data says.
    headers={
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
        )
    },
)
