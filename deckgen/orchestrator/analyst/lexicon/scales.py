"""Values that have an order: answers, sizes, levels, months and weekdays, from the lowest on."""

import re
from functools import cache

from babel import Locale

from deckgen.orchestrator.analyst.lexicon.geography import plain

LANGUAGES = ("en", "de")
# Values that stand outside of any order.
OUTSIDE = frozenset({
    "n/a", "na", "none", "unknown", "other", "not applicable", "no answer", "don't know", "dont know",
    "k.a.", "keine angabe", "unbekannt", "weiss nicht", "refused", "missing", "-", "",
})  # fmt: skip
# In each scale a step may have several names.
ANSWERS = tuple(
    tuple(frozenset(step.split("|")) for step in scale.split(" > "))
    for scale in (
        "strongly disagree|disagree strongly > disagree > somewhat disagree|slightly disagree > "
        "neutral|neither|neither agree nor disagree|undecided > somewhat agree|slightly agree > "
        "agree > strongly agree|agree strongly",
        "very dissatisfied|very unsatisfied|completely dissatisfied > dissatisfied|unsatisfied > "
        "somewhat dissatisfied > neutral|neither|neither satisfied nor dissatisfied > "
        "somewhat satisfied > satisfied > very satisfied|completely satisfied",
        "never > rarely|seldom|almost never > sometimes|occasionally > often|frequently > "
        "usually|very often|almost always > always",
        "very poor|terrible|very bad > poor|bad > fair|average|okay|ok|mediocre|acceptable > good > "
        "very good > excellent|outstanding",
        "very unlikely > unlikely > neutral > likely > very likely",
        "stimme uberhaupt nicht zu|lehne stark ab > stimme nicht zu|stimme eher nicht zu|lehne ab > "
        "neutral|teils teils|teils/teils|weder noch > stimme eher zu > stimme zu > "
        "stimme voll zu|stimme voll und ganz zu|stimme vollig zu",
        "sehr unzufrieden > unzufrieden > eher unzufrieden > neutral|teils teils|teils/teils > "
        "eher zufrieden > zufrieden > sehr zufrieden",
        "nie > selten > manchmal > oft|haufig > sehr oft > immer",
        "sehr schlecht > schlecht > mittel|befriedigend > gut > sehr gut",
    )
)
SIZES = tuple(
    tuple(frozenset(step.split("|")) for step in scale.split(" > "))
    for scale in (
        "xxs > xs|x-small|extra small > s|small|klein > m|medium|mittel > l|large|gross > "
        "xl|x-large|extra large > xxl|2xl > xxxl|3xl",
        "micro|kleinst > small|klein|small business|smb > medium|mid-market|mid market|mittel > "
        "large|gross > enterprise|konzern",
    )
)
LEVELS = tuple(
    tuple(frozenset(step.split("|")) for step in scale.split(" > "))
    for scale in (
        "none > very low > low|l > medium|moderate|normal|mid|med|m > high|h > "
        "very high|urgent > critical|extreme",
        "trivial > minor > moderate > major > critical|blocker > catastrophic",
        "p5 > p4 > p3 > p2 > p1 > p0",
        "sev5 > sev4 > sev3 > sev2 > sev1 > sev0",
        "bronze > silver > gold > platinum > diamond",
        "intern|trainee > junior > mid|mid-level|regular > senior > lead|principal > "
        "manager > director > vp > c-level",
        "sehr niedrig > niedrig|gering > mittel > hoch > sehr hoch > kritisch",
    )
)
# Names in which more of the level is worse.
WORSE_WHEN_HIGHER = frozenset({
    "risk", "severity", "priority", "urgency", "impact", "prioritat", "risiko", "schwere", "pain",
    "difficulty", "threat", "damage",
})  # fmt: skip
# The scales of answers of which the far end is good.
GOOD_ENDS = frozenset({
    "very satisfied", "completely satisfied", "satisfied", "excellent", "outstanding", "good",
    "very good", "sehr zufrieden", "zufrieden", "sehr gut", "gut",
})  # fmt: skip
# 18-24, 25 to 34, 65+, < 18, under 18, 10k-20k, $50,000 - $75,000, 100 and over.
_NUMBER = r"[$€£]?\s?(\d[\d,.]*)\s?(k|m)?\s?[$€£%]?"
_AFTER = r"(?:\s*(?:years?|yrs?|jahre|days?|tage|employees|months?|min|h))?"
BAND = re.compile(rf"{_NUMBER}\s?(?:-|–|—|to|bis)\s?{_NUMBER}{_AFTER}")
FROM = re.compile(rf"(?:>=?|over|above|more than|from|ab|uber)\s?{_NUMBER}{_AFTER}|"
                  rf"{_NUMBER}{_AFTER}\s?(?:\+|and over|or more|and above|plus|und mehr)")  # fmt: skip
BELOW = re.compile(rf"(?:<=?|under|below|less than|up to|unter|bis)\s?{_NUMBER}{_AFTER}")
NUMBERED = re.compile(r"(\d{1,2})\s?[-–.:)=]\s?\D.*")


@cache
def months() -> dict[str, int]:
    """Returns the numbers of months by their names, in full and short."""
    return _calendar("months")


@cache
def weekdays() -> dict[str, int]:
    """Returns the numbers of weekdays, from 1 for Monday, by their names, in full and short."""
    return {name: number + 1 for name, number in _calendar("days").items()}


def _calendar(field: str) -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        of_language = getattr(Locale(language), field)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in of_language[context][width].items():
                    names[plain(name).rstrip(".")] = number
    return names
