"""What of a slide's text the PowerPoint file would have to cut, found without drawing it."""

from collections.abc import Iterator

from deckgen.domain.decks import Bullets, Callout, Deck, Layout, Slide
from deckgen.export.layout.placement import callout_height, place
from deckgen.export.layout.text_metrics import POINTS_PER_INCH, largest
from deckgen.export.pptx.shapes import that_fit
from deckgen.export.text import Words
from deckgen.export.themes import DEFAULT

_TOLERANCE = 0.02  # inches


def cut(slide: Slide, deck: Deck) -> Iterator[str]:
    """The texts of a slide that do not fit, by the same measures with which it is drawn."""
    if slide.layout is Layout.TITLE:
        return
    words = Words(deck)
    title = words.line(slide.title)
    limit = DEFAULT.grid.content_width * POINTS_PER_INCH
    if largest(title, DEFAULT.title_sizes, limit, 2, bold=True)[0] != title:
        yield "the title takes more than two lines"
    for placed in place(slide, words, DEFAULT):
        match placed.block:
            case Bullets() as block:
                items = [words.line(item) for item in block.items]
                if missing := len(items) - len(that_fit(items, placed, words)):
                    yield f"{missing} of {len(items)} points do not fit"
            case Callout() as block:
                needed = callout_height(words.line(block.text), placed.size, placed.box.width)
                if needed > placed.box.height + _TOLERANCE:
                    yield "the callout does not fit"
