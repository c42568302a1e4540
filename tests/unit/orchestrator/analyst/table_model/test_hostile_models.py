"""No table makes a preview fail in its own words, whatever stands in it."""

from pathlib import Path

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.documents import canonical_json
from deckgen.domain.errors import DeckgenError, UnreadableData
from deckgen.domain.uploads.sniff import check_quickly
from deckgen.orchestrator.previewing import preview
from tests.hostile_tables import WIDE, makers
from tests.samples import sampled

MADE = makers()
NARROW = [name for name in MADE if name not in WIDE]


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize("name", sampled(NARROW, *NARROW[::8], "numbers-among-numbers"))
def test_a_hostile_table_has_a_model_or_a_sentence(name: str, tmp_path: Path) -> None:
    """A model that is JSON, with all decided, or an error with a code of its own."""
    content = MADE[name]()
    path = tmp_path / "t"
    path.write_bytes(content)
    told = ""
    try:
        check_quickly(content)
        model = preview(path, "t", Brief(), 30, 100)
    except UnreadableData as error:
        told = error.code
    else:
        assert model.unfinished == []
        assert canonical_json(model.to_json())
    assert told not in (UnreadableData.code, DeckgenError.code)
