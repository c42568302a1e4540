"""What audience, urgency and number of slides do to the deck; docs/brief.md tells it to users."""

from dataclasses import dataclass
from enum import StrEnum

from deckgen.domain.briefs import Brief, Urgency
from deckgen.orchestrator.analyst.profiling.stemming import stems, text_stems

MOST, MOST_FOR_EXECUTIVES, MOST_IF_URGENT = 12, 8, 6
WITH_METHOD = 9  # from how many slides on the appendix has a slide about method
_EXECUTIVES = stems({
    "executive", "executives", "board", "ceo", "cfo", "coo", "cto", "cmo", "chief", "leadership",
    "management", "manager", "director", "directors", "investor", "investors", "owner", "president",
    "minister", "shareholder", "vorstand", "geschäftsführung", "geschäftsleitung", "geschäftsführer",
    "aufsichtsrat", "gesellschafter", "inhaber", "führungskräfte", "investoren",
})  # fmt: skip
_ANALYSTS = stems({
    "analyst", "analysts", "data", "technical", "scientist", "scientists", "engineer", "engineers",
    "statistician", "researcher", "research", "academic", "quant", "controller", "bi",
    "analysten", "controlling", "forschung", "technik", "statistik",
})  # fmt: skip


class Audience(StrEnum):
    EXECUTIVES = "executives"
    ANALYSTS = "analysts"
    GENERAL = "general"


@dataclass(frozen=True)
class Plan:
    """`slides` is how many the deck has at most, all included; `asked` says that the brief sets it."""

    audience: Audience
    slides: int
    advice_first: bool
    asked: bool

    @property
    def has_method(self) -> bool:
        return self.slides >= WITH_METHOD and self.audience is not Audience.EXECUTIVES

    @property
    def content(self) -> int:
        """How many slides are left for answers beside title, summary and appendix."""
        return self.slides - 3 - self.has_method


def plan_of(brief: Brief) -> Plan:
    audience, urgent = audience_of(brief.audience), brief.urgency in (Urgency.HIGH, Urgency.CRITICAL)
    limits = [
        brief.slide_count or MOST,
        MOST_IF_URGENT if urgent else brief.slide_count or MOST,
        MOST_FOR_EXECUTIVES if audience is Audience.EXECUTIVES else brief.slide_count or MOST,
    ]
    return Plan(audience, min(limits), urgent, brief.slide_count is not None)


def audience_of(text: str) -> Audience:
    """Analysts before executives: a director of data science reads statistics."""
    words = text_stems(text)
    if words & _ANALYSTS:
        return Audience.ANALYSTS
    return Audience.EXECUTIVES if words & _EXECUTIVES else Audience.GENERAL
