"""Twenty decks as PowerPoint files: what the schemas of Open XML say of them, and where text stands."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openxml_audit import validate_pptx  # type: ignore[import-untyped]  # ships no types
from pptx import Presentation

from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import names, theme
from tests.looks.tables import LOOKS, MORE
from tests.samples import sampled

pytestmark = pytest.mark.looks
BY_NAME = {look.name: look for look in (*LOOKS, *MORE)}


@pytest.mark.parametrize("look", sampled([*BY_NAME], "restaurants", "umsatz"))
def test_files_are_as_an_engineer_expects(look: str, tmp_path: Path) -> None:
    """In every theme a file has no fault against the schemas, the axes of its charts have no negative
    numbers, all text of a slide stands in placeholders, and no colour is written out."""
    deck = BY_NAME[look].made(tmp_path)
    for name in names():
        content = render_pptx(deck, theme(name))
        file = tmp_path / f"{name}.pptx"
        file.write_bytes(content)
        assert validate_pptx(str(file)).errors == []
        with ZipFile(BytesIO(content)) as package:
            for part in package.namelist():
                if re.match(r"ppt/(slide|chart)\w+/\w+\.xml$", part):
                    written = package.read(part).decode()
                    assert not re.findall(r'(?:axId|crossAx) val="-|srgbClr', written), part
        for slide in Presentation(BytesIO(content)).slides:
            texts = [each for each in slide.shapes if each.has_text_frame and each.text_frame.text]
            assert all(each.is_placeholder for each in texts)
