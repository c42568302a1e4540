"""Two sound decks, which forgers and careless editors try to change."""

from pathlib import Path

from tests.unit.orchestrator.analyst.engine import Run, run_table
from tests.unit.orchestrator.analyst.test_engine_decks import orders

NEWSPAPERS = Path(__file__).parents[3] / "examples" / "newspaper_revenue.csv"
# What a forger needs: a change, key figures beside each other, and groups.
BRIEFS = {
    "orders": "How did sales change from June to July 2024? Which region leads?",
    "newspapers": "",
}


def sound_deck(name: str, folder: Path) -> Run:
    """The deck of one of the two tables, by name."""
    table = orders() if name == "orders" else NEWSPAPERS.read_bytes()
    return run_table(folder / f"{name}.csv", table, BRIEFS[name])
