"""No table makes a preview or an answer fail in its own words, whatever stands in it."""

from pathlib import Path

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.documents import canonical_json
from deckgen.domain.errors import DeckgenError, UnreadableData
from deckgen.domain.previews import TableRequest
from deckgen.domain.uploads.sniff import check_quickly
from deckgen.orchestrator.previewing import ask, preview
from tests.hostile_tables import WIDE, makers
from tests.samples import sampled

MADE = makers()
QUESTIONS = Brief(business_context="Which group has most? How much is it? How did it develop?")
NARROW = [name for name in MADE if name not in WIDE]


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize("name", sampled(NARROW, *NARROW[::8], "numbers-among-numbers"))
def test_a_hostile_table_has_a_model_and_answers_or_a_sentence(name: str, tmp_path: Path) -> None:
    """Both are JSON, with all decided, or there is an error with a code of its own."""
    content = MADE[name]()
    path = tmp_path / "t"
    path.write_bytes(content)
    told = ""
    try:
        check_quickly(content)
        request = TableRequest(name="t", context=QUESTIONS)
        model, replies = preview(path, request, 30, 100), ask(path, request, 30, 100)
    except UnreadableData as error:
        told = error.code
    else:
        assert model.unfinished == []
        assert canonical_json(model.to_json())
        assert canonical_json(replies.to_json())
        assert len(model.questions) == len(replies.answers) == 3
    assert told not in (UnreadableData.code, DeckgenError.code)
