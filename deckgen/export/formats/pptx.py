"""The deck as a PowerPoint file with native charts."""

from typing import Any

from deckgen.domain.presentations import PRESENTATION
from deckgen.export.format import Format
from deckgen.export.themes.look import Look


def _render(deck: dict[str, Any], notice: str, look: Look) -> bytes:
    from deckgen.domain.decks import Deck
    from deckgen.export.pptx.document import render_pptx

    return render_pptx(Deck.model_validate(deck), look.theme, signed=deck, base=look.base)


FORMAT = Format(
    name="pptx",
    ending=".pptx",
    path="/api/presentations/{deck_id}.pptx",
    media_type=PRESENTATION,
    description=(
        "The deck as an editable PowerPoint file, or its draft; 409 while there is neither yet.\n\n"
        "With an ETag: 304 if the client has it."
    ),
    render=_render,
    libraries=("lxml", "python-pptx", "xlsxwriter"),
)
