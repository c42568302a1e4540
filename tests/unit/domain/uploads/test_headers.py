import pytest

from deckgen.domain.uploads.headers import find_header

QUARTERS = ["Region", "2023 Q1", "2023 Q2", "2024 Q1", "2024 Q2"]


def header(*lines: str) -> tuple[list[str] | None, int]:
    """The names, and how many rows come before the data."""
    rows = [line.split(",") for line in lines]
    found = find_header(rows, max(len(row) for row in rows))
    return found.names, found.rows


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["2024-01-01,5", "2024-01-02,6"], None),
        (["1,2", "3,4"], None),
        (["country,2019,2020", "A,1,2"], ["country", "2019", "2020"]),
        (["date,0,1", "2024-01-01,5,6"], ["date", "0", "1"]),
        (["name,city", "Ann,Bonn"], ["name", "city"]),
        (["region,", "north,5", "south,6"], ["region", ""]),
        (["mpg,cyl", "Mazda,21,6", "Fiat,30,4"], ["", "mpg", "cyl"]),
    ],
)
def test_a_first_row_is_a_header_unless_it_is_like_the_rows_below(
    lines: list[str], names: list[str] | None
) -> None:
    """Words above numbers are names, and so are years and dates; numbers above numbers are data."""
    assert header(*lines) == (names, 0 if names is None else 1)


@pytest.mark.parametrize(
    "titles",
    [["Sales 2024"], ["Sales 2024,,,"], ["Sales,,,", "in thousands,,,"], ["Sales", "As of,2024-01-01"]],
)
def test_titles_are_no_header(titles: list[str]) -> None:
    """Lines with one cell, padded or not, and lines that are far too short."""
    names, rows = header(*titles, "region,a,b,c", "N,1,2,3", "S,4,5,6")
    assert (names, rows) == (["region", "a", "b", "c"], len(titles) + 1)


def test_a_corner_may_be_blank_under_a_title() -> None:
    """A header that begins with a blank cell is one."""
    assert header("Sales,,", ",2019,2020", "A,1,2") == (["", "2019", "2020"], 2)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Region,2023,,2024,", ",Q1,Q2,Q1,Q2"], QUARTERS),
        ([",2023,,2024,", "Region,Q1,Q2,Q1,Q2"], QUARTERS),
        (["Region,x,x,y,y", ",a,b,a,b"], ["Region", "x a", "x b", "y a", "y b"]),
        ([",Sales,,Cost,", "Region,2023,2024,2023,2024"],
         ["Region", "Sales 2023", "Sales 2024", "Cost 2023", "Cost 2024"]),
        (["region,a,b,c,d", ",(USD),(%),,kg"], ["region", "a (USD)", "b (%)", "c", "d (kg)"]),
        (["region,a,b,c,d", "Unit,USD,in %,,"], ["region", "a (USD)", "b (%)", "c", "d"]),
    ],
)  # fmt: skip
def test_rows_of_a_header_are_joined(lines: list[str], names: list[str]) -> None:
    """Groups stand before the names below them, units behind."""
    assert header(*lines, "N,1,2,3,4", "S,5,6,7,8") == (names, 2)


@pytest.mark.parametrize(
    "lines",
    [
        ["g,v", "n,unknown", "s,5", "t,6"],
        ["start,start", "1999,2000", "2001,2002", "2003,2004"],
        ["a,,a,b", "1,2,3,4", "5,6,7,8"],
        ["year,n", "1999,5", "2000,6"],
    ],
)
def test_a_row_of_data_is_no_second_row_of_a_header(lines: list[str]) -> None:
    """A word among numbers, missing names and a column of years do not make it one."""
    assert header(*lines)[1] == 1


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["shop,45108,45139", "A,1,2", "B,3,4"], ["shop", "2023-07", "2023-08"]),
        (["shop,45107,45138", "A,1,2", "B,3,4"], ["shop", "2023-06-30", "2023-07-31"]),
        (
            ["shop,45108,45115,45122,45129", "A,1,2,3,4"],
            ["shop", "2023-07-01", "2023-07-08", "2023-07-15", "2023-07-22"],
        ),
        (["A,45108,45139", "B,45170,45200", "C,45231,45261"], None),
        (["A,45111,45145", "B,3,4", "C,5,6"], None),
        (["5,45108,45139", "6,3,4", "7,5,6"], None),
    ],
)
def test_days_as_excel_counts_them_name_periods_if_they_are_in_order(
    lines: list[str], names: list[str] | None
) -> None:
    """First or last days of months, unless the rows below hold such days too."""
    assert header(*lines)[0] == names
