"""The sample deck as a PowerPoint file, written once for each module that looks at it."""

from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation

from deckgen.export.pptx.document import render_pptx
from tests.native_slides import DECK, THEME


@pytest.fixture(scope="module")
def saved() -> bytes:
    return render_pptx(DECK, THEME)


@pytest.fixture(scope="module")
def slides(saved: bytes) -> list[Any]:
    return list(Presentation(BytesIO(saved)).slides)
