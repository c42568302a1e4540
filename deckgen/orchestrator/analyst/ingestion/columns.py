"""The columns of `data`: their names, and their cells turned from text into values."""

from dataclasses import replace

import duckdb

from deckgen.domain.uploads.sniff import TableShape
from deckgen.orchestrator.analyst.ingestion.cells import (
    TEXT,
    Cells,
    Reading,
    gather,
    present,
    unless_long,
)
from deckgen.orchestrator.analyst.ingestion.dates import read_dates
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn, Note, alter, undisguised
from deckgen.orchestrator.analyst.ingestion.loading import Loaded
from deckgen.orchestrator.analyst.ingestion.numbers import read_numbers, says_decimal_comma

READ_AS_MISSING = "cells such as “{}” were read as missing"


def read_texts(
    con: duckdb.DuckDBPyConnection, loaded: Loaded, shape: TableShape, rows: str
) -> list[Reading]:
    """How each column is read: those that are text so far by their cells in `rows` (SQL)."""
    decimal_comma = says_decimal_comma(shape.rows, shape.separator)
    day_first = shape.separator == ";"
    readings = []
    for index, (kind, noticed) in enumerate(zip(loaded.types, loaded.words, strict=True)):
        reading, word = Reading(kind), noticed
        if kind == "VARCHAR":
            cells = gather(con, f"c{index}", rows)
            reading = _read_text(cells, decimal_comma=decimal_comma, day_first=day_first)
            word = noticed or cells.word
        note = [READ_AS_MISSING.format(word)] if word else []
        readings.append(replace(reading, notes=(*reading.notes, *note)))
    return readings


def _read_text(cells: Cells, *, decimal_comma: bool, day_first: bool) -> Reading:
    sample = cells.sample()
    reading = (
        read_numbers(cells, sample, decimal_comma=decimal_comma)
        or read_dates(cells, sample, day_first=day_first)
        or TEXT
    )
    if cells.long and reading is not TEXT:
        reading = replace(reading, expression=unless_long("cell", value=reading.expression))
    if not cells.touched:
        return reading
    return replace(reading, expression=reading.of(present("cell")))


def convert(
    con: duckdb.DuckDBPyConnection, types: list[str], readings: list[Reading], names: list[str]
) -> tuple[list[LoadedColumn], list[Note]]:
    """Turn what is text so far into what it was read as; the columns keep their names c0, c1, ..."""
    for index, (kind, reading) in enumerate(zip(types, readings, strict=True)):
        if kind == "VARCHAR" and reading.expression != "cell":
            alter(con, f"c{index}", reading.type, reading.of(f"c{index}"))
    named = list(zip(names, readings, strict=True))
    columns = [LoadedColumn(name, reading.type, reading.symbol) for name, reading in named]
    columns, notes = undisguised(con, columns)
    return columns, [*(Note(name, said) for name, reading in named for said in reading.notes), *notes]
