"""The sentences of an answer as rows of the summary, each with the figure that stands for it."""

from deckgen.domain.answers import Row
from deckgen.domain.blocks import Kpi, Tone
from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import ValueFormat
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.facts.references import at_start, facts_in, say
from deckgen.orchestrator.analyst.facts.statements import Statement, in_row, proof


def of(
    statements: list[Statement], said: list[Text], headline: Text, kpis: list[Kpi], execute: Executor
) -> list[Row]:
    """Returns a row for each sentence that has a figure, and one for the answer itself in any case."""
    head, *others = statements
    text = in_row(head, execute.language)
    figure, label = proof(head, execute.language)
    if not figure:
        figure, label = _large(kpis, text) or _first(headline, execute)
    rows = [_row(headline, figure, label, text, _tone(figure, kpis))]
    for statement, sentence in zip(others, said[1:], strict=True):
        figure, label = proof(statement, execute.language)
        if figure and (beside := in_row(statement, execute.language)):
            rows.append(_row(sentence, figure, label, beside))
    return rows


def _row(of: Text, figure: Text, label: Text, text: Text, tone: Tone = "plain") -> Row:
    return Row(of=of, figure=figure, label=at_start(label) if label else "", text=text, tone=tone)


def _tone(figure: Text, kpis: list[Kpi]) -> Tone:
    """Returns what a figure means that is the change of a large one."""
    return next((kpi.tone for kpi in kpis if kpi.change == figure), "plain")


def _large(kpis: list[Kpi], text: Text) -> tuple[Text, Text] | None:
    """Returns the first of the large figures that the sentence does not repeat."""
    told = {*facts_in([text])}
    free = [kpi for kpi in kpis if not told & {*facts_in([kpi.value])}]
    return next(((kpi.value, kpi.label) for kpi in free), None)


def _first(headline: Text, execute: Executor) -> tuple[Text, Text]:
    """Returns the first number of a sentence, if the sentence names the group that it is of."""
    facts = {fact.id: fact for fact in execute.book.facts}
    cited = [facts[name] for name in facts_in([headline])]
    for fact in cited:
        for name in cited:
            if fact.unit.is_numeric and _is_name(name) and [str(name.value)] == fact.groups:
                return say(fact), say(name)
    return "", ""


def _is_name(fact: Fact) -> bool:
    return fact.unit.format is ValueFormat.TEXT
