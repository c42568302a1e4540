"""The questions of a brief: what kind each is, by its words, and which kinds of insights answer it.

The kind is that of the phrase which comes first in the text; of phrases at one place the first in the
list wins, so that "which month" asks for a season and "which region" for a ranking.
"""

import re
from enum import StrEnum

from deckgen.domain.insights import InsightKind


class QuestionKind(StrEnum):
    CAUSE = "cause"  # why did it change, what drives it
    RELATION = "relation"  # is one related to the other
    SEASON = "season"  # is there a season, when
    DISTRIBUTION = "distribution"  # how is it distributed or concentrated
    RANKING = "ranking"  # which group leads, is best, is worst
    DEVELOPMENT = "development"  # how did it develop
    OPEN = "open"  # none of these


_PHRASES: tuple[tuple[QuestionKind, str], ...] = (
    (
        QuestionKind.CAUSE,
        r"why\b|what (drives?|drove|caused?|explains?|is behind|lies behind)|which (factors|drivers)"
        r"|drivers? of|causes? of|reasons? for|warum|wieso|pourquoi|por qu[eé]",
    ),
    (
        QuestionKind.RELATION,
        r"relat(ed|ion|ionship)\b|correlat|associat(ed|ion)|link(ed)? (between|to|with)|depends? on"
        r"|(affect|influence|impact)(s|ed)?\b|go(es)? (along )?with|zusammenh[aä]ng|h[aä]ngt",
    ),
    (
        QuestionKind.SEASON,
        r"season|(differ|compare|change|var(y|ies))\w* (between|by|across|over|with) (the )?"
        r"(seasons?\b|weekdays?\b|(months?|hours?|days?|times?) of (the )?(day|week|year))|when\b"
        r"|(which|what) (months?|weekdays?|days?|hours?|quarters?|times?)\b"
        r"|time of (the )?(day|year)|day of the week|saison|wann\b|quand\b",
    ),
    (
        QuestionKind.DISTRIBUTION,
        r"distribut|concentrat|spread (over|across)|pareto|make up|evenly|majority|few \w+ (bring|make)"
        r"|how (much|dependent).{0,200} depend|verteil|konzentr",
    ),
    (
        QuestionKind.RANKING,
        r"which\b|who\b|where\b|(best|better|worst|worse|more often)\b"
        r"|(top|bottom|highest|lowest|largest|smallest|biggest)\b"
        r"|lead(s|ing|er|ers)?\b|rank|compare|differ|(under|out)perform|welche|beste|gr[oö](ß|ss)te|quel(le)?s?\b",
    ),
    (
        QuestionKind.DEVELOPMENT,
        r"develop|trend|gr(ow|ew|owth|owing)\b|chang(e|ed|ing)|over time|evol|histor|happened"
        r"|(increase|decrease|decline|rise|rose|fall|fell|drop|progress|recover)\w*\b|since\b|entwick|verlauf"
        r"|(gets?|getting|becom(es?|ing)) (more|less|\w+er)\b",
    ),
    (QuestionKind.DEVELOPMENT, r"how (is|are|was|were|did|do|does|has|have)\b"),
)
_VERBS = r"is|are|was|were|do|does|did|has|have|can|should|will|ist|sind|hat|haben"
_ASKS = (
    rf"(?:how|what|why|{_VERBS}|which|who|whose|where|when|wie|warum|wieso|welche[rsmn]?|wer|wo|wann)\b"
)
# After a comma alone, "which" and the like are more often about the word before it.
_BETWEEN = re.compile(
    rf"(?<=[?!.;])\s++|(?:,|(?<![\s,]))\s++(?:and|und)\s++(?={_ASKS})"
    rf"|,\s++(?=(?:how|what|why|{_VERBS})\b)",
    re.IGNORECASE,
)
_UP = r"\b(r[io]se|rising|gr[eo]w|increas|climb|gain|recover|up(wards)?\b)"
_DOWN = r"\b(f[ae]ll|drop|declin|decreas|shr[iau]nk|lost\b|los[es]|down)"
_GROWTH = rf"{_UP}|{_DOWN}|\b(chang|improv)"
_ANSWERS: dict[QuestionKind, tuple[InsightKind, ...]] = {
    QuestionKind.CAUSE: (
        InsightKind.CHANGE_DRIVER,
        InsightKind.MIX_RATE,
        InsightKind.GROUP_DIFFERENCE,
        InsightKind.CORRELATION,
    ),
    QuestionKind.RELATION: (InsightKind.CORRELATION, InsightKind.GROUP_DIFFERENCE),
    QuestionKind.SEASON: (InsightKind.SEASONALITY,),
    QuestionKind.DISTRIBUTION: (
        InsightKind.CONCENTRATION,
        InsightKind.MAJORITY,
        InsightKind.EVENNESS,
        InsightKind.RANKING,
    ),
    QuestionKind.RANKING: (
        InsightKind.RANKING,
        InsightKind.MAJORITY,
        InsightKind.GROUP_DIFFERENCE,
        InsightKind.RANK_CHANGE,
        InsightKind.CONCENTRATION,
        InsightKind.EVENNESS,
    ),
    QuestionKind.DEVELOPMENT: (
        InsightKind.TREND,
        InsightKind.CHANGE_POINT,
        InsightKind.PERIOD_CHANGE,
    ),
    QuestionKind.OPEN: (),
}
ANSWERING = frozenset(kind for kinds in _ANSWERS.values() for kind in kinds)
NEVER_ANSWER = frozenset({InsightKind.ANSWER, InsightKind.OVERVIEW, InsightKind.TIME_OUTLIER})
_OF_GROUPS_THAT_CHANGE = (InsightKind.CHANGE_DRIVER, InsightKind.RANK_CHANGE, InsightKind.MIX_RATE)
# Insights about groups: their dimension matters as much as their measure.
ABOUT_GROUPS = frozenset({
    InsightKind.RANKING, InsightKind.CONCENTRATION, InsightKind.CHANGE_DRIVER, InsightKind.MAJORITY,
    InsightKind.GROUP_DIFFERENCE, InsightKind.EVENNESS, InsightKind.RANK_CHANGE, InsightKind.MIX_RATE,
})  # fmt: skip


def questions_of(text: str) -> list[str]:
    """The questions of a text in their order. What asks nothing belongs to the question after it, or to
    the last one; a text without any is one question.
    """
    questions: list[str] = []
    before = ""
    for part in _BETWEEN.split(text):
        before = f"{before} {part}".strip()
        asks = part.endswith("?") or re.match(_ASKS, part, re.IGNORECASE)
        if asks and kind_of(part) is not QuestionKind.OPEN:
            questions.append(before)
            before = ""
    if not questions:
        return [text]
    return [*questions[:-1], f"{questions[-1]} {before}".strip()]


def kind_of(question: str) -> QuestionKind:
    """The kind of a question; the last phrase of the list counts only if no other is there."""
    text = question.lower()
    *phrases, weakest = _PHRASES
    found = [
        (match.start(), place, kind)
        for place, (kind, phrase) in enumerate(phrases)
        if (match := re.search(rf"\b({phrase})", text))
    ]
    if found:
        return min(found)[2]
    return weakest[0] if re.search(rf"\b({weakest[1]})", text) else QuestionKind.OPEN


def answers(question: str, *, of_groups: bool, of_a_period: bool) -> tuple[InsightKind, ...]:
    """The kinds of insights that answer a question, the most direct one first.

    `of_groups`: it names a dimension; `of_a_period`: it names a period.
    """
    kind = kind_of(question)
    direct = _ANSWERS[kind]
    grows = re.search(_GROWTH, question.lower()) is not None
    if (kind is QuestionKind.RANKING and grows) or (kind is QuestionKind.DEVELOPMENT and of_groups):
        return (*_OF_GROUPS_THAT_CHANGE, *direct)
    if kind is QuestionKind.DEVELOPMENT and of_a_period:
        return (InsightKind.PERIOD_CHANGE, *direct)
    return direct


def way_of(text: str) -> bool | None:
    """True if it speaks of a rise only, False if of a fall only."""
    rises, falls = (re.search(words, text.lower()) is not None for words in (_UP, _DOWN))
    return None if rises is falls else rises
