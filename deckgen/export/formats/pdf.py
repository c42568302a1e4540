"""The deck as a PDF, a page a slide."""

from typing import Any

from deckgen.export.format import Format


def _render(deck: dict[str, Any], notice: str, theme_name: str) -> bytes:
    from deckgen.domain.decks import Deck
    from deckgen.export.pdf.document import render_pdf
    from deckgen.export.themes.theme import theme

    return render_pdf(Deck.model_validate(deck), theme(theme_name))


FORMAT = Format(
    name="pdf",
    ending=".pdf",
    path="/api/presentations/{deck_id}.pdf",
    media_type="application/pdf",
    description=(
        "The deck as a PDF, a page a slide, or its draft; 409 while there is neither yet.\n\n"
        "With an ETag: 304 if the client has it."
    ),
    render=_render,
    libraries=("pypdf", "uniseg", "vl-convert-python"),
)
