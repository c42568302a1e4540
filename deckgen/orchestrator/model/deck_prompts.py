"""The messages of each call: first what all calls have, then what all of a deck have, then its own.

Providers keep what prompts begin with, and charge less for it (OpenAI from 1,024 tokens on, and the
schema of the answer comes first of all): a slide's call begins like those of all other slides.
"""

import re
from collections.abc import Sequence
from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Slide
from deckgen.domain.facts import REFERENCE, Fact, References, Text, references
from deckgen.domain.model_steps import Assignment, SlideResult
from deckgen.orchestrator.analyst.proof.checks.texts import texts
from deckgen.orchestrator.model import prompts
from deckgen.orchestrator.model.prompts import Message
from deckgen.orchestrator.model.slide_tasks import points_of

MAX_COLUMNS, MAX_BRIEF, MAX_TOLD = 20, 1500, 60
GAP = "…"
_DIGITS = re.compile(r"(?<!\S)\S*?\d\S*+")


def rules_message() -> Message:
    return Message(role="system", content=prompts.text("rules"))


def deck_text(brief: Brief, source: Source | None, slides: Sequence[Slide]) -> str:
    """The reader, the question, and the columns that the draft speaks of."""
    cited = {name.lower() for slide in slides for _, text in texts(slide) for name in references(text)}
    labels = [(f"c{index}", one.label) for index, one in enumerate(source.columns if source else [])]
    named = [(name, prompts.shorten(label)) for name, label in labels if name in cited]
    data = {
        "question": brief.business_context[:MAX_BRIEF],
        "audience": brief.audience,
        "industry": brief.industry,
        "columns": dict(named[:MAX_COLUMNS]),
    }
    return prompts.block("deck-data", {name: value for name, value in data.items() if value})


def storyline_messages(
    brief: Brief, source: Source | None, draft: Sequence[Slide], slides: list[dict[str, Any]]
) -> list[Message]:
    """What the storyline is asked with."""
    data = {"question": brief.business_context[:MAX_BRIEF], "slides": slides}
    asked = f"{prompts.text('storyline')}\n{prompts.block('storyline-data', data)}"
    told = (deck_text(brief, source, draft), asked)
    return [rules_message(), *(Message(role="user", content=text) for text in told)]


def story_text(answer: Text, titles: dict[str, Text], values: References, facts: Sequence[Fact]) -> str:
    """The story in words for the writers of its slides; numbers are left out, they are not theirs."""
    numbers = {fact.id for fact in facts if fact.unit.is_numeric or fact.unit.is_time}

    def told(text: Text) -> str:
        filled = REFERENCE.sub(lambda one: GAP if one[1] in numbers else values[one[1]], text)
        return _DIGITS.sub(GAP, filled)[:MAX_TOLD]

    story = {"answer": told(answer)} | {name: told(title) for name, title in titles.items()}
    return prompts.block("story", story)


def slide_messages(assignment: Assignment, refused: SlideResult | None = None) -> list[Message]:
    """What a slide is asked with, or asked again after it was refused."""
    messages = [
        rules_message(),
        *(Message(role="user", content=text) for text in assignment.shared),
        Message(role="user", content=_slide_text(assignment)),
    ]
    if refused is None:
        return messages
    problems = prompts.block("problems", refused.problems)
    said = prompts.text("repair").replace("PROBLEMS", problems)
    if refused.answer:
        messages.append(Message(role="assistant", content=refused.answer))
    return [*messages, Message(role="user", content=said)]


def _slide_text(assignment: Assignment) -> str:
    intent = assignment.intent
    data = {
        "id": intent.slide.id,
        "layout": intent.slide.layout,
        "title": intent.slide.title,
        "takeaways": points_of(intent.slide),
        "facts": prompts.fact_rows(intent.facts),
        "instruction": intent.instruction,
    }
    given = {name: value for name, value in data.items() if value}
    return f"{prompts.text('slide')}\n{prompts.block('slide-data', given)}"
