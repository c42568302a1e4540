"""No table makes the offline engine fail in its own words, whatever stands in it."""

from pathlib import Path

import pytest

from deckgen.domain.errors import DeckgenError, StepError, UnreadableData
from deckgen.domain.uploads.sniff import check_quickly
from tests.hostile_tables import WIDE, makers
from tests.samples import sampled
from tests.unit.orchestrator.analyst.engine import Run, run_table

MADE = makers()
NARROW = [name for name in MADE if name not in WIDE]
SAMPLE = NARROW[::4]  # each fourth of every kind: they stand one kind after the other


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize("name", sampled(NARROW, *SAMPLE))
def test_a_hostile_table_ends_in_a_deck_or_a_sentence(name: str, tmp_path: Path) -> None:
    """A deck with at least a title and a slide, or an error with a code of its own."""
    ended = _ended(tmp_path / "t", MADE[name]())
    if isinstance(ended, Run):
        assert len(ended.deck.slides) >= 2
    else:
        assert ended.code not in (type(ended).code, DeckgenError.code)
        assert ended.message.endswith(".")
        assert len(ended.message) < 1_000


def _ended(path: Path, content: bytes) -> Run | StepError:
    try:
        check_quickly(content)
        return run_table(path, content, "Which line brings most, and why since 2023?")
    except StepError as error:
        return error


@pytest.mark.parametrize("name", WIDE)
def test_as_many_columns_as_can_be_read_are_accepted(name: str) -> None:
    """What is looked at first does not depend on how wide the rest may be."""
    check_quickly(MADE[name]())


def test_what_is_wrong_with_the_engine_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that nobody foresaw stays what it is, and is no sentence about somebody's table."""
    monkeypatch.setattr("deckgen.orchestrator.analyst.ingestion.reader.find_suspects", _faulty)
    with pytest.raises(KeyError):
        run_table(tmp_path / "t", MADE["names-swapped"]())


def _faulty(*_: object) -> None:
    raise KeyError


def test_the_error_of_an_unreadable_table_has_a_code() -> None:
    """Which of all sentences it is can be told by a machine."""
    with pytest.raises(UnreadableData) as refused:
        check_quickly(MADE["one-line-of-cells"]())
    assert refused.value.code == "too_many_columns"
