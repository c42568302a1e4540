"""POST /verify of the orchestrator: three verdicts, each of which is an answer."""

import gzip
from typing import Any

import pytest

from deckgen.config.settings import Settings
from deckgen.domain.documents import canonical_json
from deckgen.orchestrator.app import create_app
from tests.clients import patient
from tests.serving import serving
from tests.unit.orchestrator.analyst.engine import run_table

TABLE = "region,sales\nnorth,60\nsouth,30\nwest,10\n"


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Any:
    table = tmp_path_factory.mktemp("made") / "sales.csv"
    return run_table(table, TABLE, "Who leads?").deck.to_json()


async def verified(settings: Settings, deck: Any, table: str | None) -> Any:
    files = {"deck": ("deck.json", canonical_json(deck), "application/json")}
    if table is not None:
        files["dataset"] = ("dataset.gz", gzip.compress(table.encode()), "application/gzip")
    async with (
        serving(create_app(settings)) as url,
        patient(url) as http,
    ):
        answer = await http.post("/verify", files=files)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_sound_deck_holds(settings: Settings, deck: Any) -> None:
    """Over its own table, whose name nobody tells here, all of it is proved."""
    found = await verified(settings, deck, TABLE)
    assert (found["verified"], found["unproved"]) == (True, [])
    assert all(check["passed"] is True for check in found["checks"])


async def test_another_table_is_told(settings: Settings, deck: Any) -> None:
    """A deck over another file than its own does not hold."""
    found = await verified(settings, deck, TABLE.replace("60", "61"))
    assert found["verified"] is False
    problems = [one for check in found["checks"] for one in check["problems"]]
    assert any("This is another file" in one for one in problems)


async def test_without_its_table_nothing_is_told(settings: Settings, deck: Any) -> None:
    """What can't be proved is an answer as well: null, with what and why."""
    found = await verified(settings, deck, None)
    assert found["verified"] is None
    assert found["unproved"] == ["The deck was made of data: give them as well."]


async def test_data_beyond_the_limits_prove_nothing(settings: Settings, deck: Any) -> None:
    """A table that can't be read in time neither proves nor contradicts."""
    hurried = settings.model_copy(update={"query_timeout_seconds": 0, "step_timeout_seconds": 0})
    found = await verified(hurried, deck, TABLE)
    assert found["verified"] is None
    assert "took longer than" in found["unproved"][0]
