"""Typefaces: how wide a text is, and where its lines break."""

import pytest

from deckgen.export.layout.typefaces import typeface

ARIAL = typeface("Arial")
width, wrap, shorten = ARIAL.width, ARIAL.wrap, ARIAL.shorten
shorten_middle = ARIAL.shorten_middle


def test_widths_are_those_of_arial() -> None:
    """The widths are Arial's own: 'Hello' is 2.278 em wide in regular weight, 2.445 em in bold."""
    assert round(width("Hello", 1000)) == 2278
    assert round(width("Hello", 1000, bold=True)) == 2445


def test_a_font_without_widths_is_refused() -> None:
    """Its name is told, with those that are known."""
    with pytest.raises(ValueError, match="Wingdings"):
        typeface("Wingdings")


def test_no_line_is_wider_than_the_limit() -> None:
    """Wrapping keeps every line within the limit, breaks words that are longer, and loses nothing."""
    text = "A Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch station 東京 sign"
    lines = wrap(text, 12, 90)
    assert all(width(line, 12) <= 90 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_line_breaks_within_a_number() -> None:
    """A number stays on one line with its unit, which a no-break space holds to it."""
    lines = wrap("It rose to 1,2\xa0Mio.\xa0€ and 12\u202f345\xa0kg", 12, 66)
    assert lines == ["It rose to", "1,2\xa0Mio.\xa0€", "and", "12\u202f345\xa0kg"]


def test_marks_of_direction_take_no_room() -> None:
    """What is not seen has no width, and a narrow space no more than a space has."""
    assert width("\u200e-5\u200f", 12) == width("-5", 12)
    assert width("हु", 12) == width("ह", 12)
    assert width("1\u202f2", 12) == pytest.approx(width("1 2", 12), rel=0.01)


def test_a_line_has_room_for_what_offices_put_between_scripts() -> None:
    """Between Chinese and other letters LibreOffice leaves a quarter of an em: lines break before."""
    line = "No 产品 leads"
    assert wrap(line, 12, width(line, 12)) != [line]
    assert wrap(line, 12, width(line, 12) + 2 * 3) == [line]
    assert wrap("No name leads", 12, width("No name leads", 12)) == ["No name leads"]


def test_shortened_text_fits_and_says_that_it_was_cut() -> None:
    """A text that is too long is cut to its lines and ends in an ellipsis; one that fits is kept."""
    cut = shorten("word " * 100, 12, 200, 2)
    assert len(wrap(cut, 12, 200)) <= 2
    assert cut.endswith("…")
    assert shorten("word", 12, 200, 2) == "word"


def test_shortening_in_the_middle_keeps_both_ends() -> None:
    """Labels that differ only in their last words still differ when they are cut in the middle."""
    cut = shorten_middle("A fairly long name of category number 11", 12, 120)
    assert width(cut, 12) <= 120
    assert (cut[:3], cut[-2:]) == ("A f", "11")


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("東京都の売上、大阪府", 39, ["東京都", "の売", "上、大", "阪府"]),  # no mark begins a line
        ("北京（中国）", 40, ["北京", "（中", "国）"]),  # and none ends with an opening one
        ("المبيعات في دبي", 72, ["المبيعات", "في دبي"]),  # between words, never within
        ("year-on-year growth", 66, ["year-on-", "year growth"]),  # after a hyphen between letters
        ("from -5 to 3-4 %", 46, ["from -5", "to 3-4 %"]),  # not after one before or between digits
        ("−€1.2M and (−5%)", 50, ["−€1.2M", "and", "(−5%)"]),  # nor after a minus
    ],
)
def test_lines_break_where_the_script_allows(text: str, limit: float, lines: list[str]) -> None:
    """Lines end where Unicode lets them, in Chinese and Japanese, in Arabic, and at hyphens."""
    assert wrap(text, 12, limit) == lines
