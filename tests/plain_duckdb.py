"""Run the SQL of a deck in plain DuckDB: `plain_duckdb.py DECK.json TABLE.parquet ...`.

It is what a stranger does who has these files and no deckgen, so it imports nothing of it. Standard
output is a JSON list: what is said and what the data give, of each fact, chart and table that differs.
"""

import datetime
import decimal
import json
import math
import sys
from pathlib import Path
from typing import Any

import duckdb


def main(deck_file: str, *tables: str) -> None:
    deck = json.loads(Path(deck_file).read_text())
    con = duckdb.connect()
    for table in map(Path, tables):
        con.execute(f"CREATE VIEW {table.stem} AS FROM '{table}'")
    said = [(fact["id"], fact["sql"], [[fact["value"]]]) for fact in deck["facts"]]
    said += [(f"{fact['id']} rows", _count(fact["where"]), [[fact["rows"]]]) for fact in deck["facts"]]
    said += [
        (f"{slide['id']} {block['type']}", block["sql"], _shown(block))
        for slide in deck["slides"]
        for block in slide["blocks"]
        if block.get("sql")
    ]
    wrong = []
    for name, sql, expected in said:
        try:
            given = [[_plain(cell) for cell in row] for row in con.execute(sql).fetchall()]
        except duckdb.Error as error:
            given = [[str(error)]]
        if not _same(given, expected):
            wrong.append([name, expected[:3], given[:3]])
    assert "deckgen" not in sys.modules
    sys.stdout.write(json.dumps(wrong))


def _count(where: str) -> str:
    return f"SELECT count(*) FROM data WHERE {where or 'true'}"


def _shown(block: dict[str, Any]) -> list[list[Any]]:
    if block["type"] == "table":
        rows: list[list[Any]] = block["rows"]
        return rows
    columns = [block["categories"], *(series["values"] for series in block["series"])]
    return [list(row) for row in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    """The value as JSON has it in a deck."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _same(given: Any, expected: Any) -> bool:
    """Equal but for the last digits of a float, which several threads add up in another order."""
    if isinstance(given, list):
        return len(given) == len(expected) and all(map(_same, given, expected))
    if isinstance(given, float) and isinstance(expected, int | float):
        return math.isclose(given, expected, rel_tol=1e-9, abs_tol=1e-12)
    return bool(given == expected)


main(*sys.argv[1:])
