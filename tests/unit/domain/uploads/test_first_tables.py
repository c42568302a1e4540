import pytest

from deckgen.domain.uploads.first_tables import end_of_first_table

WIDE = ["page,n,m,k", "/a,1,2,3", "/b,4,5,6", "/c,7,8,9"]
NARROW = ["day,n", *(f"2023-01-{n:02},{n}" for n in range(1, 10))]


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ([*WIDE, *NARROW], 4),
        (["title", *WIDE, "# more", *NARROW], 5),
        ([*NARROW, *WIDE], None),
        ([*WIDE[:3], *NARROW], None),
        (["a,b,c,d", "e,f,g,h", "i,j,k,l", "m,n,o,p", *NARROW], None),
        (["page,n,m", "/a,1,2", "/b,4,5", "/c,7,8", *NARROW], None),
        ([*WIDE[:2], NARROW[1], *WIDE[2:], *NARROW], None),
        (NARROW, None),
    ],
)
def test_a_first_table_stands_together_and_is_wider(lines: list[str], end: int | None) -> None:
    """By two columns or more, with words above rows of numbers; lines of words only are titles."""
    assert end_of_first_table([line.split(",") for line in lines]) == end
