"""The deck as a PDF, a page a slide."""

from typing import Any

from deckgen.export.format import Format
from deckgen.export.themes.look import Look


def _render(deck: dict[str, Any], notice: str, look: Look) -> bytes:
    from deckgen.domain.decks import Deck
    from deckgen.export.pdf.document import render_pdf

    return render_pdf(Deck.model_validate(deck), look.theme)


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
