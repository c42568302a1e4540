"""What is not seen but does something is written out."""

import unicodedata

import pytest

from deckgen.domain.visible import visible

STEERING = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ud800",
]


@pytest.mark.parametrize("char", STEERING, ids=ascii)
def test_what_steers_is_written_out(char: str) -> None:
    """Controls, marks of direction and breaks of lines; the words around them stay."""
    shown = visible(f"Größe {char}[31m")
    assert shown == f"Größe {ascii(char)[1:-1]}[31m"
    assert shown.isprintable()


@pytest.mark.parametrize("text", ["", "Größe 12 € 数 🎉", "1\u202f234\u00a0567", "C:\\x1b[31m"])
def test_words_stay(text: str) -> None:
    """Letters, signs, wide spaces and backslashes are seen already."""
    assert visible(text) == text


def test_lines_of_ones_own_are_kept() -> None:
    """If they are asked for; other breaks are not."""
    assert visible("a\nb\rc\x85d", keep="\n") == "a\nb\\rc\\x85d"


def test_nothing_unseen_is_left() -> None:
    """Of all of Unicode."""
    shown = visible("".join(map(chr, range(0x110000))))
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
