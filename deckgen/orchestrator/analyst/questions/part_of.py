"""One amount as a share of another one: food cost as a share of sales, returns in % of orders."""

import re

from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.plans import Measured, Ratio
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.questions import summing
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import Words

SURE = 3.0  # of a fit: both are named, and what makes them one
AS_SHARE = re.compile(
    r"\b(?:as|in)\s+(?:an?\s+|the\s+)?(?:share|percentage|proportion|fraction|per\s?cent|%)\s+of\b"
    r"|\brelative\s+to\b|\bin\s+relation\s+to\b|\bim\s+verhältnis\s+z\w+\b"
    r"|\bals\s+anteil\s+(?:an|am|der|des|vom)\b|\bin\s+(?:prozent|%)\s+(?:der|des|vom|von)\b",
    re.IGNORECASE,
)


# The share of clicks that becomes an order: the whole stands first.
OF_WHOLE = re.compile(
    r"\b(?:share|percentage|proportion|fraction|per\s?cent|anteil)\s+(?:of|der|des|von)\s+(.{2,60}?)\s"
    r"(?:that\s|die\s)?(?:becomes?|became|turns?|turned|leads?|led|converts?|converted|results?|resulted"
    r"|ends?|ended|wird|werden|wurden)\b(.*)",
    re.IGNORECASE,
)


def shares_in(
    words: Words, known: list[tuple[float, Offered]], table: Table
) -> list[tuple[float, Offered]]:
    """Returns the share that a question asks for, if both of its sides are amounts of one unit."""
    sides = _sides(words.text)
    if sides is None:
        return []
    amounts = [each for _, offered in known if (each := summing.amount_of(offered, table))]
    part, whole = (_best(Words(side), amounts) for side in sides)
    if part is None or whole is None or part.columns == whole.columns:
        return []
    if part.measured.unit != whole.measured.unit:
        return []
    return [(SURE, _share(part.measured, whole.measured, table))]


def _sides(text: str) -> tuple[str, str] | None:
    """Returns what a text says of the part, and of the whole."""
    if said := AS_SHARE.search(text):
        return text[: said.start()], text[said.end() :]
    said = OF_WHOLE.search(text)
    return (said[2], said[1]) if said else None


def _best(words: Words, amounts: list[Offered]) -> Offered | None:
    fits = [(max(words.fit(names) for names in each.names), each) for each in amounts]
    fit, best = max(fits, key=lambda each: each[0], default=(0.0, None))
    return best if fit > 0 else None


def _share(part: Measured, whole: Measured, table: Table) -> Offered:
    says = table.language.say
    measured = Measured(
        measure=Ratio(over=part.measure, per=whole.measure),
        label=says("measure.as_share", measure=part.label, whole=whole.label),
        noun=says("measure.as_share", measure=part.noun, whole=whole.noun),
        unit=PERCENT,
        columns=[*part.columns, *whole.columns],
        adds_up=False,
        over_time=False,
        better=part.better,
    )
    return Offered(measured, Concept.RATIO, (frozenset(),))
