"""The deck as a PowerPoint file with native charts."""

from typing import Any

from deckgen.domain.presentations import PRESENTATION
from deckgen.export.format import Format


def _render(deck: dict[str, Any], notice: str, theme_name: str) -> bytes:
    from deckgen.domain.decks import Deck
    from deckgen.export.pptx.document import render_pptx
    from deckgen.export.themes.theme import theme

    return render_pptx(Deck.model_validate(deck), theme(theme_name), signed=deck)


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
