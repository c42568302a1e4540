"""The messages of each call: first those of all calls, then those of the deck, then its own.

Providers cache the beginnings of prompts, and charge less for them (OpenAI from 1,024 tokens on, with
the schema of the answer first): a slide's call begins like those of all other slides.
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
from deckgen.orchestrator.model.claim_words import claim_rows
from deckgen.orchestrator.model.prompts import ChatMessage
from deckgen.orchestrator.model.slide_tasks import points_of

MAX_COLUMNS, MAX_BRIEF, MAX_TITLE = 20, 1500, 60
GAP = "…"
_DIGITS = re.compile(r"(?<!\S)\S*?\d\S*+")


def rules_message() -> ChatMessage:
    return ChatMessage(role="system", content=prompts.text("rules"))


def deck_text(brief: Brief, source: Source | None, slides: Sequence[Slide]) -> str:
    """Returns the reader, the question, and the columns that the draft mentions, as a block."""
    cited = {name.lower() for slide in slides for _, text in texts(slide) for name in references(text)}
    labels = [
        (f"c{index}", column.label) for index, column in enumerate(source.columns if source else [])
    ]
    named_columns = [(name, prompts.shorten(label)) for name, label in labels if name in cited]
    data = {
        "question": brief.business_context[:MAX_BRIEF],
        "audience": brief.audience,
        "industry": brief.industry,
        "columns": dict(named_columns[:MAX_COLUMNS]),
    }
    return prompts.block("deck-data", {name: value for name, value in data.items() if value})


def storyline_messages(
    brief: Brief, source: Source | None, draft: Sequence[Slide], slides: list[dict[str, Any]]
) -> list[ChatMessage]:
    """Returns the messages that ask for the storyline."""
    data = {"question": brief.business_context[:MAX_BRIEF], "slides": slides}
    task = f"{prompts.text('storyline')}\n{prompts.block('storyline-data', data)}"
    contents = (deck_text(brief, source, draft), task)
    return [rules_message(), *(ChatMessage(role="user", content=text) for text in contents)]


def story_text(answer: Text, titles: dict[str, Text], values: References, facts: Sequence[Fact]) -> str:
    """Returns the story for the writers of slides, without numbers, which are not theirs to cite."""
    numbers = {fact.id for fact in facts if fact.unit.is_numeric or fact.unit.is_time}

    def told(text: Text) -> str:
        filled = REFERENCE.sub(lambda match: GAP if match[1] in numbers else values[match[1]], text)
        return _DIGITS.sub(GAP, filled)[:MAX_TITLE]

    story = {"answer": told(answer)} | {name: told(title) for name, title in titles.items()}
    return prompts.block("story", story)


def slide_messages(assignment: Assignment, refused: SlideResult | None = None) -> list[ChatMessage]:
    """Returns the messages that ask for a slide, again if it was `refused`."""
    messages = [
        rules_message(),
        *(ChatMessage(role="user", content=text) for text in assignment.shared),
        ChatMessage(role="user", content=_slide_text(assignment)),
    ]
    if refused is None:
        return messages
    problems = prompts.block("problems", refused.problems)
    request = prompts.text("repair").replace("PROBLEMS", problems)
    if refused.answer:
        messages.append(ChatMessage(role="assistant", content=refused.answer))
    return [*messages, ChatMessage(role="user", content=request)]


def _slide_text(assignment: Assignment) -> str:
    intent = assignment.intent
    data = {
        "id": intent.slide.id,
        "layout": intent.slide.layout,
        "title": intent.slide.title,
        "takeaways": points_of(intent.slide),
        "facts": prompts.fact_rows(intent.facts),
        "claims": claim_rows(intent.facts),
        "instruction": intent.instruction,
    }
    filled = {name: value for name, value in data.items() if value}
    return f"{prompts.text('slide')}\n{prompts.block('slide-data', filled)}"
