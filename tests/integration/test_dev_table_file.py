"""The look at a table before anything is started for it."""

from pathlib import Path

import pytest

from deckgen.dev.table_file import check
from deckgen.domain.errors import DeckgenError

REFUSED = {
    "": "is empty: it needs a header and rows",
    "region,sales\n": "no rows",
    '{"region": 1}\n': "JSON",
    "sales\n1\n2\n": "one column",
}


@pytest.mark.parametrize(("content", "words"), REFUSED.items())
def test_what_no_server_reads_is_refused(tmp_path: Path, content: str, words: str) -> None:
    """The sentence names the file and says what to do."""
    path = tmp_path / "sales.csv"
    path.write_text(content)
    with pytest.raises(DeckgenError, match=words) as refused:
        check(path, is_own_server=True)
    assert refused.value.message.startswith(str(path))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """Neither what is not there, nor a folder."""
    with pytest.raises(DeckgenError, match="There is no file"):
        check(tmp_path / "none.csv", is_own_server=True)
    with pytest.raises(DeckgenError, match="is not a file"):
        check(tmp_path, is_own_server=True)


def test_a_file_above_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the setting of here for a server of one's own; another one has a limit of its own."""
    monkeypatch.setenv("MAX_CSV_BYTES", "1000")
    path = tmp_path / "sales.csv"
    path.write_text("region,sales\n" + "North,10\n" * 200)
    with pytest.raises(DeckgenError, match="raise MAX_CSV_BYTES"):
        check(path, is_own_server=True)
    check(path, is_own_server=False)


def test_a_table_is_taken() -> None:
    """Nothing is said of a file that can be read."""
    check(Path(__file__).parents[2] / "examples" / "newspaper_revenue.csv", is_own_server=True)
