"""A contact sheet of each deck in out/looks, for whoever looks at slides: `make looks`."""

from io import BytesIO
from pathlib import Path

import pytest
import vl_convert
from PIL import Image

from deckgen.export.slides.compose import scenes
from deckgen.export.svg.drawing import slide
from deckgen.export.text import Words
from deckgen.export.themes.theme import names, theme
from tests.looks.tables import LOOKS, Look

pytestmark = pytest.mark.looks
OUT = Path(__file__).parents[2] / "out" / "looks"
COLUMNS, GAP = 3, 8


@pytest.mark.parametrize("place", range(len(LOOKS)), ids=[look.name for look in LOOKS])
def test_a_deck_has_its_contact_sheet(place: int, tmp_path: Path) -> None:
    """Every slide is drawn with ink on it; the decks take the themes in turns."""
    look = LOOKS[place]
    pictures = _pictures(look, names()[place % len(names())], tmp_path)
    assert all(map(_has_ink, pictures))
    OUT.mkdir(parents=True, exist_ok=True)
    _sheet(pictures).save(OUT / f"{look.name}.png")


def test_an_empty_slide_has_no_ink() -> None:
    """Whatever the colour of the paper: the check above can fail."""
    for name in names():
        paper = Image.new("RGB", (96, 54), f"#{theme(name).light.paper}")
        assert not _has_ink(paper)
        paper.putpixel((9, 9), (0, 0, 0))
        assert _has_ink(paper)


def _has_ink(picture: Image.Image) -> bool:
    return picture.getcolors(maxcolors=1) is None


def _pictures(look: Look, name: str, folder: Path) -> list[Image.Image]:
    deck = look.made(folder)
    worn, words = theme(name), Words(deck)
    svgs = (slide(scene, words, worn) for scene in scenes(deck, worn, words))
    return [Image.open(BytesIO(vl_convert.svg_to_png(svg, scale=1))).convert("RGB") for svg in svgs]


def _sheet(pictures: list[Image.Image]) -> Image.Image:
    wide, tall = pictures[0].size
    rows = -(-len(pictures) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (wide + GAP), rows * (tall + GAP)), "#999999")
    for place, picture in enumerate(pictures):
        row, column = divmod(place, COLUMNS)
        sheet.paste(picture, (column * (wide + GAP), row * (tall + GAP)))
    return sheet
