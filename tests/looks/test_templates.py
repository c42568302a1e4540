"""Decks upon three templates, in LibreOffice and as PDF: measured, and a contact sheet of each."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from deckgen.export.pdf.document import render_pdf
from deckgen.export.pptx.document import render_pptx
from deckgen.export.pptx.templates.reading import read
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words
from tests.browser import need_widths_of_arial, tool
from tests.looks import renderings
from tests.looks.tables import LOOKS
from tests.looks.test_sheets import OUT, _sheet
from tests.patience import PATIENCE_SECONDS
from tests.printing import printed
from tests.samples import sampled
from tests.templates import TEMPLATES

pytestmark = pytest.mark.looks
DECKS = ("restaurants", "budget", "umsatz", "long-names")
_DOTS = "48"  # an inch, of the pictures


@pytest.mark.parametrize("name", sampled(["decorated", "narrow", "small-page"], "decorated"))
def test_decks_upon_a_template_look_as_they_were_laid_out(name: str, tmp_path: Path) -> None:
    """Each text has its place in LibreOffice, with the fonts that are there; the sheets are for
    people."""
    need_widths_of_arial()
    template = read(TEMPLATES[name](), name)
    looks = [each for each in LOOKS if each.name in DECKS]
    decks = {each.name: each.made(tmp_path) for each in looks}
    files = printed(
        {each: render_pptx(deck, template.theme, base=template.base) for each, deck in decks.items()},
        tmp_path,
    )
    OUT.mkdir(parents=True, exist_ok=True)
    found = {}
    for (each, deck), file in zip(decks.items(), files, strict=True):
        placed = list(scenes(deck, template.theme, Words(deck)))
        grid = template.theme.grid
        found[each] = renderings.of_print(file, placed, grid)
        own = tmp_path / f"{each}-own.pdf"
        own.write_bytes(render_pdf(deck, template.theme))
        found[f"{each} pdf"] = renderings.of_own(own, placed, grid)
        _sheet(_pictures(file)).save(OUT / f"template-{name}-{each}.png")
    assert {each: faults for each, faults in found.items() if faults} == {}


def _pictures(pdf: Path) -> list[Image.Image]:
    pages = pdf.with_suffix("")
    subprocess.run(
        [tool("pdftoppm", "poppler-utils"), "-r", _DOTS, "-png", pdf, pages],
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    return [Image.open(each) for each in sorted(pdf.parent.glob(f"{pages.name}-*.png"))]
