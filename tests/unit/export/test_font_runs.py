"""Lines in pieces, each of which one font draws."""

import pytest

from deckgen.export.layout.typefaces import typeface
from deckgen.export.svg.font_runs import Run, runs
from deckgen.export.text import isolated

ARIAL = typeface("Arial")


def parted(line: str) -> list[Run]:
    return runs(line, ARIAL, bold=False)


def said(line: str) -> list[str]:
    return [run.text for run in parted(line)]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("Sales rose by 5°C, Zu\u0308rich", ["Sales rose by 5°C, Zu\u0308rich"]),
        ("Of 产品 one, 한국 two", ["Of ", "产品", " one, ", "한국", " two"]),
        ("Tea 👩‍👩‍👧 leads", ["Tea ", "👩‍👩‍👧", " leads"]),
        ("Ale 👍🏽 1️⃣", ["Ale ", "👍🏽", " 1️⃣"]),
        ("हिन्दी क्षेत्र leads", ["हिन्दी क्षेत्र", " leads"]),
    ],
)
def test_a_piece_has_one_font(line: str, pieces: list[str]) -> None:
    """What the theme's font lacks is drawn by itself, joined pictures and letters with their marks
    whole; nothing is lost."""
    assert said(line) == pieces
    assert "".join(said(line)) == line


def test_a_name_in_arabic_is_drawn_by_itself() -> None:
    """Whole, so that its letters are in order, and the words around it in the font they are measured
    in: a font that has both may be wider."""
    line = f"{isolated('دبي 2024')} leads with 5"
    assert said(line) == ["دبي 2024", " leads with 5"]
    assert said("المبيعات في دبي") == ["المبيعات في دبي"]


def test_pictures_beside_arabic_are_drawn_by_themselves() -> None:
    """Else the font of the picture would be taken, which has no letters. What follows a word in Arabic
    stands to its left, and the sentence around the name goes on to its right."""
    line = f"No {isolated('شاي 🍵')} leads, {isolated('قهوة ☕')} follows"
    assert said(line) == ["No ", "🍵", " شاي", " leads, ", "☕", " قهوة", " follows"]
    assert [bool(run.families) for run in parted(line)] == [False, True, False] * 2 + [False]


def test_pieces_stand_beside_one_another() -> None:
    """Together they are as wide as the line is measured."""
    line = "Of 产品 one, Tea 👍🏽"
    assert sum(run.wide for run in parted(line)) == pytest.approx(ARIAL.width(line, 1))
