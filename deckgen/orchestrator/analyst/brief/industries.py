"""What an industry brings: words that matter to it."""

from dataclasses import dataclass

from deckgen.orchestrator.analyst.profiling.stemming import stems, text_stems


@dataclass(frozen=True)
class Industry:
    """`known_by` are words of the brief's industry, `words` those of columns that matter to it."""

    known_by: frozenset[str]
    words: frozenset[str]


def _industry(known_by: str, words: str) -> Industry:
    return Industry(stems(known_by.split()), stems(words.split()))


INDUSTRIES = (
    _industry(
        "retail retailer shop store ecommerce commerce grocery fashion consumer fmcg",
        "store product category customer sales quantity basket discount price stock",
    ),
    _industry(
        "saas software subscription tech technology it cloud app",
        "plan customer account subscription churn mrr arr user seat trial signup",
    ),
    _industry(
        "health healthcare hospital medical medicine pharma clinic clinical care",
        "patient ward diagnosis stay readmission age treatment admission",
    ),
    _industry(
        "finance financial bank banking insurance fintech investment lending credit",
        "loan risk default balance rate premium claim customer account",
    ),
    _industry(
        "manufacturing industrial production factory automotive chemical engineering",
        "machine plant output defect downtime batch shift supplier yield",
    ),
    _industry(
        "energy utility utilities power electricity oil gas renewable",
        "meter consumption kwh tariff load site demand",
    ),
    _industry(
        "marketing advertising media publishing news newspaper",
        "campaign channel click impression conversion audience spend circulation ads",
    ),
    _industry(
        "logistics transport transportation travel airline aviation shipping mobility",
        "route carrier delay distance vehicle passenger origin destination",
    ),
    _industry(
        "hr people recruiting staffing",
        "department employee headcount attrition salary tenure hire",
    ),
    _industry(
        "public government education school university nonprofit charity ngo",
        "region population budget school student district",
    ),
)


def industry_of(text: str) -> Industry | None:
    """Returns the first industry of the list that a word of the text stands for."""
    # Two letters are a word here: it, hr.
    words = text_stems(text) | stems(text.lower().split())
    return next((industry for industry in INDUSTRIES if industry.known_by & words), None)


def industry_words(text: str) -> frozenset[str]:
    """Returns the words of the text and those that matter to its industry."""
    industry = industry_of(text)
    return text_stems(text) | (industry.words if industry else frozenset())
