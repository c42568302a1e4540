"""The table model as a whole."""

import random
import time
from pathlib import Path
from typing import Any

import pytest

from deckgen.domain.errors import UnreadableData
from deckgen.domain.previews import TableRequest
from deckgen.domain.table_models import TableModel
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.table_model import model as of
from deckgen.orchestrator.previewing import preview
from tests.unit.orchestrator.analyst.table_model.modelled import modelled

DATA = Path(__file__).parents[4] / "data"
ROWS = [[f"O-{n}", "ab"[n % 2], n * 1.5] for n in range(40)]


def test_the_same_table_has_the_same_model(tmp_path: Path) -> None:
    """Byte for byte, and it is read back as it was."""
    first, second = (modelled(tmp_path, "order_id,group,revenue", ROWS) for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()
    assert TableModel.model_validate(first.to_json()) == first


def test_a_partial_answer_says_what_is_missing(tmp_path: Path) -> None:
    """When time is up before anything was decided, the profile is there, and the rest is named."""
    found = modelled(tmp_path, "order_id,group,revenue", ROWS, ends_at=time.monotonic())
    assert found.unfinished == [what for what, _ in of.ROOMS]
    assert found.grain is None
    assert [each.name for each in found.columns] == ["order_id", "group", "revenue"]


def test_a_query_beyond_its_limits_ends_one_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are made."""

    def overdue(*_: object) -> None:
        raise UnreadableData("It takes long.", code="query_timeout")

    rooms = [(what, overdue if "twice" in what else decide) for what, decide in of.ROOMS]
    monkeypatch.setattr(of, "ROOMS", tuple(rooms))
    found = modelled(tmp_path, "order_id,group,revenue", ROWS)
    assert found.unfinished == ["what one row is, and which rows are there twice"]
    assert found.columns[2].measure


@pytest.mark.slow
def test_noise_means_nothing(tmp_path: Path) -> None:
    """Of twenty tables of random numbers and groups none has a decision that is more than its names."""
    for seed in range(20):
        chance = random.Random(seed)
        rows = [
            [chance.choice("ABCD"), chance.gauss(100, 15), chance.gauss(50, 9), chance.randint(0, 9)]
            for _ in range(200)
        ]
        found = modelled(tmp_path, "group,alpha,beta,gamma", rows, name=f"{seed}.csv")
        assert found.grain
        assert (found.grain.key, found.grain.noun, found.grain.repeated) == ([], "rows", [])
        made = (found.derived, found.scenarios, found.filters, found.dates, found.warnings)
        assert made == ([], [], [], [], [])
        assert (found.long_table, found.time, found.currencies) == (None, None, None)
        for each in found.columns:
            assert (each.rate, each.outcome, each.order, each.direction) == (None, None, None, None)
            assert each.sentinels == []


NOUNS = {
    "airports": "airports",
    "crimea": "months",
    "grunfeld": "rows",
    "iowa-electricity": "rows",
    "longley": "years",
    "macrodata": "quarters",
    "modechoice": "rows",
    "nile": "years",
    "seattle-weather": "days",
    "statecrime": "states",
    "sunspots": "years",
    "us-employment": "months",
    "wheat": "years",
}


@pytest.mark.parametrize("name", sorted(NOUNS))
def test_real_tables(name: str) -> None:
    """What a row is; and none of them has an outcome, a scenario, a filter or a derived measure."""
    found = preview(DATA / f"{name}.csv", TableRequest(name=f"{name}.csv"), 30, 60)
    assert found.grain
    assert found.grain.noun == NOUNS[name]
    assert (found.derived, found.scenarios, found.filters, found.unfinished) == ([], [], [], [])
    assert found.long_table is None
    for each in found.columns:
        assert (each.outcome, each.rate, each.sentinels) == (None, None, [])


def test_few_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the number of columns: small ones are sent together."""
    asked: list[str] = []
    whole = DataTable.all

    def counted(table: DataTable, query: str) -> list[tuple[Any, ...]]:
        asked.append(query)
        return whole(table, query)

    monkeypatch.setattr(DataTable, "all", counted)
    rows = [[n % 7 * k + n for k in range(90)] for n in range(60)]
    modelled(tmp_path, ",".join(f"c{k}" for k in range(90)), rows)
    assert len(asked) < 40
