"""An outcome that limits what is asked for: the weight of damaged parcels, revenue lost to churn."""

from deckgen.domain.plans import Condition, Ratio, Rows
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.profiling.stemming import words_of
from deckgen.orchestrator.analyst.questions.vocabulary import GENERIC, Words

FIGURES = (Cue.MUCH, Cue.MANY, Cue.AVERAGE, Cue.LONG)
# These ask how the outcome itself is, or what goes with it.
OTHERS = (
    Cue.SHARE, Cue.LIKELY, Cue.RELATION, Cue.CAUSE, Cue.COMPARE, Cue.DIFFER, Cue.DIFFERENCE_MADE,
    Cue.EXPECT, Cue.WHAT_IF, Cue.ADVICE, Cue.CONTRIBUTE, Cue.FUNNEL, Cue.TEST, Cue.NEGATED, Cue.LATE,
    Cue.OPEN_MONEY, Cue.LOSE_THINGS, Cue.SEGMENTS, Cue.OCCUR,
)  # fmt: skip
SAYS_SO = (Cue.UP, Cue.DOWN)  # lost to churn: that is the outcome, and no movement
AMOUNTS = (Concept.COLUMN, Concept.RATIO, Concept.PROFIT, Concept.AVERAGE, Concept.DURATION)
NAMED = 0.5  # of a fit: a word of an amount's name is said, or all of it meant
MEANT = 0.55  # of a fit: all of a short name is meant: finish, completed
SURE = 1.0  # of a fit: all that tells in the name of the outcome is said


def condition_of(
    words: Words, cues: dict[Cue, int], measures: list[tuple[float, Offered]]
) -> Condition | None:
    """Returns the outcome that the rows of a figure must have, if a question names both."""
    is_figure = any(cue in cues for cue in FIGURES) and not any(cue in cues for cue in OTHERS)
    if not is_figure or words.asks_rate or not measures or measures[0][1].concept is Concept.COUNT:
        return None
    amount = next((each for fit, each in measures if fit >= NAMED and _is_amount(each, words)), None)
    if amount is None:
        return None
    own = frozenset().union(*amount.names) - GENERIC
    for fit, offered in measures:
        if fit >= SURE and offered.concept is Concept.OUTCOME and not own & offered.names[-1]:
            return _what_counts(offered)
    return None


def _is_amount(offered: Offered, words: Words) -> bool:
    """True of an amount whose own noun is said: patients name no age of patients."""
    told = [word for word in words_of(offered.measured.label) if word not in GENERIC]
    is_named = not told or offered.concept is Concept.RATIO or words.fit(frozenset(told[-1:])) > 0
    return offered.concept in AMOUNTS and is_named


def counted_first(ranked: list[tuple[float, Offered]]) -> list[tuple[float, Offered]]:
    """Returns measures with the outcome before what is only counted: of how many parcels were damaged,
    the share tells both the damaged ones and all.
    """
    if not ranked or ranked[0][1].concept is not Concept.COUNT:
        return ranked
    said = [each for each in ranked if each[1].concept is Concept.OUTCOME and each[0] >= MEANT]
    return [*said[:1], *(each for each in ranked if each not in said[:1])]


def _what_counts(outcome: Offered) -> Condition | None:
    """Returns the condition of the rows that an outcome counts."""
    match outcome.measured.measure:
        case Ratio(over=Rows(where=[Condition() as condition])):
            return condition
    return None
