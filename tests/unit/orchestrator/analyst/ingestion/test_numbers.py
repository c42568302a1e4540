from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import columns, read

NUMBERS: dict[str, tuple[list[str], list[float | None]]] = {
    "points": (["1", "2.5", "-3"], [1.0, 2.5, -3.0]),
    "commas for thousands": (["1,234.50", "2,000.00", "5.25"], [1234.5, 2000.0, 5.25]),
    "decimal commas": (["1.234,50", "2.000,00", "5,25"], [1234.5, 2000.0, 5.25]),
    "dollars": (["$1,200.50", "$3.00", "-$4.10"], [1200.5, 3.0, -4.1]),
    "euros": (["12,5 €", "3,0 €", "4,1 €"], [12.5, 3.0, 4.1]),
    "per cent": (["12.5%", "3%", "100%"], [0.125, 0.03, 1.0]),
    "negative": (["(5.5)", "−2.5", "12-"], [-5.5, -2.5, -12.0]),
    "negative money": (["($1,200.50)", "$3.00", "$1"], [-1200.5, 3.0, 1.0]),
    "blanks for thousands": (["1 234.5", "2\u00a0000.5", "3.5"], [1234.5, 2000.5, 3.5]),
    "apostrophes": (["1'234.5", "2’000.5", "1'234'567.5"], [1234.5, 2000.5, 1234567.5]),
    "French": (["1\u202f234,5", "2 000,25", "3,5"], [1234.5, 2000.25, 3.5]),
    "Indian": (["12,34,567.5", "1,23,456.5", "5.5"], [1234567.5, 123456.5, 5.5]),
    "sizes": (["1.2M", "3k", "0.5"], [1_200_000.0, 3000.0, 0.5]),
    "German sizes": (["1,2 Mio. €", "3,5 Mrd. €", "0,5 Tsd. €"], [1.2e6, 3.5e9, 500.0]),
    "gaps": (["1.5", "NA", "-"], [1.5, None, None]),
    "no numbers": (["0.25", "nan", "inf"], [0.25, None, None]),
}


def test_numbers_are_read_as_people_write_them(tmp_path: Path) -> None:
    """Thousands, decimals, signs, currencies, sizes, per cent and words for nothing are understood."""
    found = read(tmp_path, columns(**{name: cells for name, (cells, _) in NUMBERS.items()}))
    assert dict.fromkeys(found.types) == {"DOUBLE": None}
    for name, (_, values) in NUMBERS.items():
        assert found.column(name) == pytest.approx(values), name


def test_whole_numbers_stay_whole(tmp_path: Path) -> None:
    """Grouped or not, what has no fraction is a count."""
    found = read(tmp_path, columns(a=["1,234,567", "12"], b=["1.234.567", "12"], c=["+5", "-0"]))
    assert found.types == ["BIGINT"] * 3
    assert found.rows == [(1234567, 1234567, 5), (12, 12, 0)]
    assert found.warns("commas were read as thousands separators")
    assert found.warns("points were read as thousands separators")


def test_decimals_without_a_fraction_are_whole_numbers(tmp_path: Path) -> None:
    """Data frames write 1972.0 where a cell is missing: years and flags are still such."""
    found = read(tmp_path, columns(year=["1972.0", "", "1974.0"], x=["1.0", "2.0", "2.5"]))
    assert found.types == ["BIGINT", "DOUBLE"]
    assert found.column("year") == [1972, None, 1974]
    assert read(tmp_path, columns(a=["1e15", "2.0"], b=["x", "y"])).types[0] == "DOUBLE"


@pytest.mark.parametrize(
    ("separator", "other", "value"),
    [
        (",", "5.5", 1.234),
        (";", "5.5", 1.234),
        (";", "5,5", 1234),
        ("\t", "5,5", 1234),
        (";", "x", 1234),
    ],
)
def test_a_point_before_three_digits_is_what_it_is_elsewhere_in_the_file(
    tmp_path: Path, separator: str, other: str, value: float
) -> None:
    """1.234 alone can be two numbers: the other columns decide, then the separator, and it is said."""
    lines = [["a", "b"], ["1.234", other], ["2.500", other]]
    found = read(tmp_path, "\n".join(separator.join(line) for line in lines))
    assert found.column("a")[0] == pytest.approx(value)
    assert found.warns("can be read in two ways") == (value == 1234)


def test_cells_with_and_without_a_percent_sign_are_read_alike(tmp_path: Path) -> None:
    """Fractions stay fractions, other numbers lack only the sign, and either is said."""
    found = read(tmp_path, columns(a=["12%", "0.15", "30%"], b=["12%", "15", "30%"]))
    assert found.column("a") == found.column("b") == pytest.approx([0.12, 0.15, 0.3])
    assert found.symbols == ["%", "%"]
    assert found.warns("“a”: cells without a percent sign were read as fractions")
    assert found.warns("“b”: cells without a percent sign were read as if they had one")


def test_the_currency_of_a_column_is_known_unless_there_are_several(tmp_path: Path) -> None:
    """One sign makes a unit; several are not mixed up without a word."""
    found = read(tmp_path, columns(a=["€5", "6 EUR"], b=["$5", "€6"], c=["CHF 5", "CHF 6"]))
    assert found.symbols == ["EUR", "", "CHF"]
    assert found.warns("amounts in different currencies")


def test_codes_and_phone_numbers_are_no_numbers(tmp_path: Path) -> None:
    """Leading zeros are kept, and blanks count as separators only between groups of three digits."""
    found = read(tmp_path, columns(zip=["01234", "22345"], phone=["555 1234", "555 9876"]))
    assert found.types == ["VARCHAR", "VARCHAR"]
    assert found.rows[0] == ("01234", "555 1234")


def test_one_cell_that_is_no_number_does_not_make_a_column_text(tmp_path: Path) -> None:
    """It counts as missing, and that is said, wherever in the file it stands."""
    found = read(tmp_path, "a,b\n" + "1,2\n" * 9000 + "unknown,3\n" + "1.5,4\n")
    assert found.types == ["DOUBLE", "BIGINT"]
    assert found.column("a")[-3:] == [1.0, None, 1.5]
    assert found.warnings == ["“a”: one cell that is no number counts as missing (line 9,002)"]
