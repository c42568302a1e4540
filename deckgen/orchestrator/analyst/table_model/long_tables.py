"""Long tables: pairs of an indicator and its value, in which each indicator is a measure of its own."""

import math

from deckgen.domain.datasets import Role
from deckgen.domain.table_models import Confidence, Indicator, LongTable
from deckgen.orchestrator.analyst.lexicon import indicator_words as of
from deckgen.orchestrator.analyst.lexicon import ratio_words, role_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

NAMED = 20  # indicators that are listed
MOST = 200
KNOWN = 0.6  # of the indicators that are names of measures, if the column's own name says less
APART = 100.0  # times as large as another one's values: measures of one kind are not
MEASURES = role_words.FLOW_WORDS | role_words.RATE_WORDS | role_words.STOCK_WORDS | ratio_words.PROFIT


def decide(look: Look, made: Decisions) -> None:
    """Add the long table, and a warning that its values are not to be added up."""
    if made.ledger:
        return  # whose accounts are added up by what they are
    values = [known for known in look.measures if known.column.distinct > 2]
    if len(values) != 1:
        return  # a table with several measures gives each a column
    for known in look.columns:
        if not _may_be(known):
            continue
        indicators = _indicators(look, known, values[0])
        if sure := _confidence(known, values[0], indicators):
            made.long_table = _made(known, values[0], indicators, sure)
            made.warnings.append(
                f"“{values[0].label}” holds {known.column.distinct:,} different measures, which "
                f"“{known.label}” names: they are never added up or averaged together"
            )
            return


def _may_be(known: Known) -> bool:
    groups = known.column.role.forms_groups or known.column.role in (Role.ID, Role.TEXT)
    named = known.says(of.INDICATOR | of.ACCOUNT)
    return groups and named and known.column.type == "VARCHAR" and 2 <= known.column.distinct <= MOST


def _indicators(look: Look, known: Known, value: Known) -> list[Indicator]:
    rows = look.table.all(
        f"SELECT {known.sql}, count(*) AS n, median({value.sql}) FROM data "
        f"WHERE {known.sql} IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT {quoting.literal(NAMED)}"
    )
    return [Indicator(name=str(name), rows=n, typical=_finite(typical)) for name, n, typical in rows]


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _confidence(known: Known, value: Known, indicators: list[Indicator]) -> Confidence | None:
    """Returns how sure it is that each indicator is a measure; None if they may just be groups."""
    named = [one for one in indicators if _is_measure(one.name)]
    measures = len(named) >= max(2, KNOWN * len(indicators))
    holds_values = value.says(of.VALUE)
    if known.says(of.INDICATOR):
        if holds_values and (measures or _apart(indicators)):
            return Confidence.SURE
        return Confidence.LIKELY if holds_values or measures or _apart(indicators) else None
    is_statement = known.says(of.STATEMENT) and _both_ways(indicators)
    return Confidence.LIKELY if (measures or is_statement) and holds_values else None


def _both_ways(indicators: list[Indicator]) -> bool:
    """True if some are revenues and others costs, which no sum may mix."""
    names = [{plain(word) for word in read_name(one.name).words} for one in indicators]
    revenues = [words for words in names if words & ratio_words.REVENUE]
    costs = [words for words in names if words & ratio_words.COST and words not in revenues]
    return bool(revenues and costs)


def _is_measure(name: str) -> bool:
    return bool({plain(word) for word in read_name(name).words} & MEASURES)


def _apart(indicators: list[Indicator]) -> bool:
    sizes = [abs(one.typical) for one in indicators if one.typical]
    return len(sizes) > 1 and max(sizes) >= APART * min(sizes)


def _made(known: Known, value: Known, indicators: list[Indicator], sure: Confidence) -> LongTable:
    return LongTable(
        indicator=known.name,
        value=value.name,
        indicators=indicators,
        reason=f"“{known.label}” names measures, and “{value.label}” is the only column of numbers",
        confidence=sure,
    )
