"""Which points of an answer an audience gets: statistics for analysts, none for executives."""

from deckgen.domain.answers import Answer
from deckgen.domain.facts import Fact, Text, references
from deckgen.domain.formatting.display import ValueFormat
from deckgen.domain.language.phrasebook import Language
from deckgen.orchestrator.analyst.brief.audience import Audience

FEW, MOST = 3, 5


def for_audience(
    answer: Answer, facts: list[Fact], audience: Audience, language: Language
) -> list[Text]:
    """Returns what is said: to executives the first few points and no coefficients, to analysts the
    test as the last one.
    """
    by_id = {fact.id: fact for fact in facts}
    if audience is Audience.EXECUTIVES:
        plain = [text for text in answer.points if not _has_coefficient(text, by_id)]
        return plain[:FEW]
    if audience is Audience.ANALYSTS and (test := _test_of(answer, by_id, language)):
        return [*answer.points[: MOST - 1], test]
    return answer.points


def _has_coefficient(text: Text, facts: dict[str, Fact]) -> bool:
    said = [facts[name] for name in references(text) if name in facts]
    return any(fact.unit.format is ValueFormat.COEFFICIENT for fact in said)


def _test_of(answer: Answer, facts: dict[str, Fact], language: Language) -> Text:
    for name in answer.fact_ids:
        fact = facts.get(name)
        if fact and fact.statistics:
            number = fact.id.removeprefix("f")
            return language.say(
                "test.statistic",
                test=language.nouns.of(fact.statistics.test),
                statistic=f"{{{{t{number}}}}}",
                q=f"{{{{q{number}}}}}",
            )
    return ""
