"""Shapes over charts of a refreshed presentation."""

from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Pt

from tests.presentation_edits import saved
from tests.refreshed_presentations import sales
from tests.unit.orchestrator.refresher.test_refreshed_charts import presentation_about, refreshed

pytestmark = pytest.mark.slow


def ids(content: bytes) -> list[list[int]]:
    """Returns the ids of shapes by slide."""
    slides = Presentation(BytesIO(content)).slides
    return [[int(each) for each in slide._element.xpath("//p:cNvPr/@id")] for slide in slides]


def with_a_note(content: bytes) -> bytes:
    presentation = Presentation(BytesIO(content))
    for slide in presentation.slides:
        slide.shapes.add_textbox(Pt(1), Pt(1), Pt(50), Pt(20)).text_frame.text = "note"
    return saved(presentation)


def test_ids_of_shapes_stay_small(tmp_path: Path) -> None:
    """However often shapes are drawn anew between those that people add, each id counts on from the
    last: a file with ids beyond 32 bits does not open.
    """
    file = presentation_about("Which regions contributed to the change of sales in 2024?", tmp_path)
    before = ids(file)
    for level in (1.2, 1.4, 1.6, 1.8):
        file = refreshed(with_a_note(file), sales(level=level, growth=level), tmp_path / "sales.csv")
    after = ids(file)
    assert before != after
    assert all(len(set(each)) == len(each) for each in after)
    assert max(map(max, after)) < 5 * max(map(len, after))
