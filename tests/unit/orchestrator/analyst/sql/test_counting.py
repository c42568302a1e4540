"""How different values are counted."""

import duckdb
import pytest

from deckgen.orchestrator.analyst.sql.counting import FEW_ROWS, distinct

VALUES = {
    "DOUBLE": "0.0, -0.0, 1e300, CAST('nan' AS DOUBLE), -CAST('nan' AS DOUBLE), NULL",
    "VARCHAR": "'a', 'A', 'a', '', ' ', NULL",
    "DATE": "'2024-01-01', '2024-01-01', NULL",
    "BIGINT": "NULL",
}


@pytest.mark.parametrize("kind", VALUES)
def test_few_rows_and_many_are_counted_alike(kind: str) -> None:
    """Cells that are missing are no value; zeros are one, whatever their sign."""
    rows = f"(SELECT CAST(unnest([{VALUES[kind]}]) AS {kind}) AS v)"
    few, many = distinct("v", 1), distinct("v", FEW_ROWS + 1)
    assert few != many
    with duckdb.connect() as connection:
        ((of_few, of_many),) = connection.execute(f"SELECT {few}, {many} FROM {rows}").fetchall()
    assert of_few == of_many
