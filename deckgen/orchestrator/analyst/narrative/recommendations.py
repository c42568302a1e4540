"""The recommendation: what follows from the findings, and what each point rests on."""

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.facts import Text
from deckgen.domain.insights import Findings
from deckgen.orchestrator.analyst.brief.industries import GENERAL, industry_of
from deckgen.orchestrator.analyst.narrative.storyline import Story

ON_DATA, ON_BOTH, ON_BRIEF = "(rests on data)", "(rests on data and brief)", "(rests on the brief)"
MANY_MISSING = 0.2  # from which share of gaps a column is to be completed first


def advice_of(story: Story, source: Source, findings: Findings) -> list[Text]:
    """One sentence for each point, with what it rests on; nothing where nothing follows."""
    named = set(findings.named)
    points: dict[Text, Text] = {}
    if not story.settled:
        points["Get more data on the question before deciding on it"] = ON_BRIEF
    for insight in story.told:
        if insight.recommendation:
            basis = ON_BOTH if named & set(insight.columns) else ON_DATA
            points.setdefault(insight.recommendation, basis)
    for index in sorted(named):
        column = source.columns[index]
        if column.missing > MANY_MISSING * source.rows:
            points[f"Complete {{{{c{index}}}}}: a large part of its values is missing"] = ON_BOTH
    return [f"{point} {basis}" for point, basis in points.items()]


def title_of(story: Story) -> Text:
    if not story.settled:
        return "Settle the question with data before deciding on it"
    return "Start where the data show the largest effects"


def reservation(brief: Brief) -> Text:
    """What advice can't know; the industry chooses what is most likely to be missed."""
    industry = industry_of(brief.industry)
    missing = industry.reservation if industry else GENERAL
    return f"What to do about it is judgement: {missing} are not in the table."
