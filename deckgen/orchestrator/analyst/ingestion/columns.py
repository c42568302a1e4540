"""The columns of `data`: their names, and their cells converted from text into values."""

from dataclasses import replace
from typing import NamedTuple

import duckdb

from deckgen.domain.uploads.sniff import TableShape
from deckgen.orchestrator.analyst.ingestion.affixes import affix_of, with_affix
from deckgen.orchestrator.analyst.ingestion.cells import (
    TEXT,
    Cells,
    Reading,
    Sample,
    gather,
    of_cell,
    present,
    unless_long,
)
from deckgen.orchestrator.analyst.ingestion.dotted_months import read_dotted_months
from deckgen.orchestrator.analyst.ingestion.durations import read_durations
from deckgen.orchestrator.analyst.ingestion.encoded_values import (
    LoadedColumn,
    Note,
    alter,
    decode_values,
)
from deckgen.orchestrator.analyst.ingestion.errors import is_error
from deckgen.orchestrator.analyst.ingestion.loading import Loaded
from deckgen.orchestrator.analyst.ingestion.numbers import read_numbers, says_decimal_comma
from deckgen.orchestrator.analyst.ingestion.open_ends import read_dates_with_open_ends
from deckgen.orchestrator.analyst.ingestion.places import Places, where_is

READ_AS_MISSING = "cells such as “{}” were read as missing"


def read_texts(
    con: duckdb.DuckDBPyConnection, loaded: Loaded, shape: TableShape, rows: str
) -> tuple[list[Reading], list[str | None]]:
    """Returns the reading of each column, and a word for no value in it; that of text is decided by its
    cells in `rows` (SQL).
    """
    habits = Habits(says_decimal_comma(shape.rows, shape.separator), shape.separator == ";")
    readings, words = list[Reading](), list[str | None]()
    for index, (kind, plain_word) in enumerate(zip(loaded.types, loaded.words, strict=True)):
        reading, word = Reading(kind), plain_word
        if kind == "VARCHAR":
            cells = gather(con, f"c{index}", rows)
            reading = _read_text(cells, loaded.header[index], habits)
            word = plain_word or cells.word
        note = [READ_AS_MISSING.format(word)] if word and not is_error(word) else []
        readings.append(replace(reading, notes=(*reading.notes, *note)))
        words.append(word)
    return readings, words


class Habits(NamedTuple):
    """How a file writes numbers and dates, where one column leaves it open."""

    decimal_comma: bool
    day_first: bool


def _read_text(cells: Cells, name: str, habits: Habits) -> Reading:
    sample = cells.sample()
    reading = (
        read_dotted_months(cells, sample, name)
        or _read_with_affix(cells, sample, name, habits)
        or read_numbers(cells, sample, decimal_comma=habits.decimal_comma)
        or read_durations(cells, sample, name)
        or read_dates_with_open_ends(cells, sample, day_first=habits.day_first)
        or TEXT
    )
    if cells.long and reading.type != "VARCHAR":
        reading = replace(reading, expression=unless_long("cell", value=reading.expression))
    if not cells.touched:
        return reading
    return replace(reading, expression=reading.of(present("cell")))


def _read_with_affix(cells: Cells, sample: Sample, name: str, habits: Habits) -> Reading | None:
    affix = affix_of(cells, sample, name)
    if affix is None:
        return None
    bare = cells.with_text(affix.text)
    reading = read_numbers(bare, bare.sample(), decimal_comma=habits.decimal_comma)
    return with_affix(affix, reading) if reading and reading.type != "VARCHAR" else None


def convert(
    con: duckdb.DuckDBPyConnection,
    types: list[str],
    readings: list[Reading],
    names: list[str],
    places: Places,
) -> tuple[list[LoadedColumn], list[Note]]:
    """Convert columns of text by their readings; they keep their names c0, c1, ..."""
    misfits = list[Note]()
    for index, (kind, reading) in enumerate(zip(types, readings, strict=True)):
        if reading.misfits and (said := _misfits(con, f"c{index}", reading, places)):
            misfits.append(Note(names[index], said))
        for one, many, condition in reading.counted:
            found = where_is(con, of_cell(condition, present(f"c{index}")), places)
            if found is not None:
                said = one if found.count == 1 else many.format(found.count)
                misfits.append(Note(names[index], f"{said} ({found.said(places.word)})"))
        if kind == "VARCHAR" and reading.expression != "cell":
            alter(con, f"c{index}", reading.type, reading.of(f"c{index}"))
    named_readings = list(zip(names, readings, strict=True))
    columns = [LoadedColumn(name, reading.type, reading.symbol) for name, reading in named_readings]
    columns, notes = decode_values(con, columns)
    return columns, [
        *misfits,
        *(Note(name, note) for name, reading in named_readings for note in reading.notes),
        *notes,
    ]


def _misfits(
    con: duckdb.DuckDBPyConnection, column: str, reading: Reading, places: Places
) -> str | None:
    """Returns how many cells do not fit the reading, where, and what became of them."""
    there = f"{present(column)} IS NOT NULL"
    unfit = reading.misfit or f"({reading.expression}) IS NULL"
    found = where_is(con, f"{there} AND {of_cell(unfit, present(column))}", places)
    if found is None:
        return None
    cells = f"{found.count:,} cells that are not {reading.misfits}"
    if found.count == 1:
        cells = f"one cell that is no {reading.misfits.removesuffix('s')}"
    counts = "counts" if found.count == 1 else "count"
    done = "made it text, so it has no sum" if reading.type == "VARCHAR" else f"{counts} as missing"
    return f"{cells} {done} ({found.said(places.word)})"
