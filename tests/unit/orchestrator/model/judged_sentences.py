"""Sentences as a model may write them about some tables, sound ones and wrong ones.

They stand in the folder `judged`, a file for each table: its columns, the facts that a slide may cite,
and a sentence a line. A file in its folder `rounds` has sentences about several of these tables.
"""

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.facts import About, Fact, FactRelation, Sign, fact_display
from deckgen.domain.formatting.display import (
    COUNT,
    PERCENT,
    POINTS,
    TEXT,
    Unit,
    Value,
    ValueFormat,
    formatter,
)
from deckgen.domain.plans import Span

FOLDER = Path(__file__).parent / "judged"
UNITS = {
    "year": Unit(format=ValueFormat.PERIOD, symbol="year"),
    "month": Unit(format=ValueFormat.PERIOD, symbol="month"),
    "percent": PERCENT,
    "pp": POINTS,
    "text": TEXT,
    "count": COUNT,
    "EUR": Unit(format=ValueFormat.CURRENCY, symbol="EUR"),
    "hours": Unit(format=ValueFormat.NUMBER, symbol="hours"),
}


@dataclass(frozen=True)
class Sentences:
    """What may be cited, and what is said."""

    source: Source
    facts: list[Fact]
    sound: list[str]
    wrong: list[str]


def read(name: str) -> Sentences:
    """Returns the sentences of one file."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    columns = [_column(line.split()[2:]) for line in lines if line.startswith("column ")]
    source = Source(name=f"{name}.csv", sha256="0" * 64, bytes=1, rows=1, columns=columns, warnings=[])
    facts = [_fact(line.removeprefix("fact ")) for line in lines if line.startswith("fact ")]
    return Sentences(source, facts, _said("sound", lines), _said("wrong", lines))


def read_round(name: str) -> list[Sentences]:
    """Returns the sentences of one round, table by table."""
    content = (FOLDER / "rounds" / f"{name}.txt").read_text(encoding="utf-8")
    found = []
    for part in content.split("\ntable ")[1:]:
        table, *lines = part.splitlines()
        found.append(replace(read(table), sound=_said("sound", lines), wrong=_said("wrong", lines)))
    return found


def _said(kind: str, lines: list[str]) -> list[str]:
    return [line.removeprefix(f"{kind}|") for line in lines if line.startswith(f"{kind}|")]


def _column(words: list[str]) -> Column:
    is_grouping = words[-1] == "groups"
    label = " ".join(words[:-1] if is_grouping else words)
    return Column(
        name=label.replace(" ", "_"),
        label=label,
        type="VARCHAR" if is_grouping else "DOUBLE",
        role=Role.DIMENSION if is_grouping else Role.MEASURE,
        reason="",
        missing=0,
        distinct=1,
    )


def _fact(line: str) -> Fact:
    key, written, unit_name, sign, about, label = (part.strip() for part in line.split("|"))
    unit, sign = UNITS[unit_name], Sign(sign or "plain")
    value = _value(written, unit)
    said = _about(about.split()) if about else None
    return Fact(
        id=key,
        label=label,
        value=value,
        unit=unit,
        display=fact_display(value, unit, sign, formatter("en_US")),
        sign=sign,
        sql="SELECT 1",
        rows=1,
        groups=list(said.groups.values()) if said else [],
        about=said,
    )


def _value(written: str, unit: Unit) -> Value:
    if unit.is_time:
        return str(_day(written))
    if unit is TEXT:
        return written
    return float(written) if "." in written else int(written)


def _about(words: list[str]) -> About:
    place = next(n for n, word in enumerate(words) if word in set(FactRelation))
    parts = dict(word.split("=") for word in words[place + 1 :])
    column, _, group = parts.get("group", "").partition(":")
    return About(
        measure=" ".join(words[:place]),
        aggregate=parts.get("of", "total"),
        relation=FactRelation(words[place]),
        groups={column: group} if group else {},
        period=_span(parts.get("period")),
        base=_span(parts.get("base")),
        end=parts.get("end"),
        per=parts.get("per", ""),
    )


def _day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{written}-01-01"[:10])


def _span(written: str | None) -> Span | None:
    grain = "month" if written and "-" in written else "year"
    return Span(start=_day(written), grain=grain) if written else None
