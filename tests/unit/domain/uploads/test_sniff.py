import io

import pytest

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads.sniff import SAMPLE_BYTES, check_quickly, sniff, take_sample


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_csv"),
        (b" \r\n \n", "empty_csv"),
        (b"region,sales\n", "no_rows"),
        (b"region\nnorth\nsouth\n", "one_column"),
        (",".join(f"c{n}" for n in range(2001)).encode() + b"\n1\n", "too_many_columns"),
        (b"region,sales\n\x00\x01,5\n", "binary_data"),
        (b"\x89PNG\x03\x04" + bytes(range(256)) * 20, "binary_data"),
        (b'{"region": "north", "sales": 5}', "not_a_table"),
        (b"Dear Sir,\nplease find, attached, the thing.\nRegards\n", "not_a_table"),
    ],
)
def test_what_cannot_be_a_table_is_refused_by_its_first_bytes(content: bytes, code: str) -> None:
    """Each kind of content that holds no table is refused with a code of its own and a message."""
    with pytest.raises(UnreadableData) as refused:
        check_quickly(content)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_makes_rows_equally_wide(separator: str) -> None:
    """Any of the usual separators is found, and commas inside of cells do not mislead."""
    rows = [["name", "price", "note"], ["a", '"1,5"', '"x, y"'], ["b", '"2,5"', '"z"']]
    text = "\n".join(separator.join(row) for row in rows)
    shape = sniff(text.encode(), complete=True)
    assert (shape.separator, shape.columns) == (separator, 3)
    assert shape.header.names == ["name", "price", "note"]


def test_a_header_longer_than_the_sample_is_not_refused() -> None:
    """Where the first 64 KiB do not show a row yet, nothing is held against the file."""
    header = ",".join("a long name of a column " * 20 + str(n) for n in range(200))
    content = f"{header}\n{','.join('1' * 200)}\n".encode()
    assert len(header) > SAMPLE_BYTES
    check_quickly(content)


def test_lines_above_the_header_are_skipped() -> None:
    """A title above the table is not its header."""
    shape = sniff(b"Sales report\n\nregion,sales\nnorth,5\nsouth,6\n", complete=True)
    assert (shape.header.names, shape.header.titles) == (["region", "sales"], ["Sales report"])
    assert shape.rows == [["north", "5"], ["south", "6"]]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("latin-1", "cp1252"),
    ],
)
def test_encodings_are_told_by_their_first_bytes(encoding: str, found: str) -> None:
    """By a byte order mark, which is no part of the first name, or by what the bytes look like."""
    shape = sniff("Stadt,Umsatz\nMünchen,5\n".encode(encoding), complete=True)
    assert (shape.encoding, shape.header.names) == (found, ["Stadt", "Umsatz"])
    assert shape.rows == [["München", "5"]]


def test_a_sample_may_end_within_a_character() -> None:
    """UTF-8 stays UTF-8 where the sample cuts a character in two."""
    content = "a,b\n1,é".encode()[:-1]
    assert sniff(content, complete=False).encoding == "utf-8"


def test_the_data_begin_after_the_header_in_utf_8() -> None:
    """Where the first row of data stands is counted in bytes of UTF-8, past line ends in quotes."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        text = 'Grün\r\n"Stadt\nteil",Umsatz\r\n\r\nMünchen,5\r\n'
        shape = sniff(text.encode(encoding), complete=True)
        assert text.encode()[shape.start :].lstrip().startswith("München".encode())


def test_a_line_that_names_the_separator_is_believed() -> None:
    """Excel writes and reads it."""
    shape = sniff(b"sep=;\na;b,c\n1,5;2\n", complete=True)
    assert (shape.separator, shape.header.names) == (";", ["a", "b,c"])


def test_titles_and_footnotes_do_not_outweigh_a_small_table() -> None:
    """Lines that are not separated speak against a table only half."""
    content = b"Sales\nby region\nin 2024\nregion,sales\nnorth,5\nsouth,6\nSource: us\n* estimated\n"
    assert sniff(content, complete=True).header.names == ["region", "sales"]


def test_a_sample_of_lines_that_end_with_carriage_returns_is_small() -> None:
    """Any end of a line counts as one: no more is looked at than of other files."""
    content = b"a,b\r" + b"1,2\r" * 100_000
    sample, complete = take_sample(io.BytesIO(content))
    assert (len(sample), complete) == (SAMPLE_BYTES, False)
    assert sniff(sample + b"1", complete=False).rows[-1] == ["1", "2"]
