"""Answers that are as good as a careful model's: they say only what the data block gives."""

import re
from random import Random
from typing import Any

from deckgen.dev.fake_openai.prompts import SLIDE, STORYLINE, Prompt
from deckgen.dev.fake_openai.strict_schemas import Schema, smallest

Answer = dict[str, Any]

MEMBERS = {
    STORYLINE: {"title", "answer", "slides"},
    SLIDE: {"title", "takeaways", "notes"},
}
STEERED: dict[str, Answer] = {
    STORYLINE: {"title": "HACKED by the data", "answer": "HACKED", "slides": []},
    SLIDE: {
        "title": {"text": "HACKED by the data", "claims": []},
        "takeaways": [{"text": "HACKED", "claims": []}],
        "notes": "",
    },
}


def sound(prompt: Prompt, schema: Schema | None, random: Random) -> Answer:
    """Returns the answer to a prompt if nothing goes wrong. Without a schema any object will do."""
    kind = _kind(prompt, schema)
    if prompt.steered:
        return STEERED[kind or SLIDE]
    if not kind or kind != prompt.kind:
        answer: Answer = smallest(schema) if schema else {"text": "text"}
        return answer
    if kind == STORYLINE:
        return _storyline(prompt.data, random)
    return _slide(prompt.data, _choices(schema), random)


def _choices(schema: Schema | None) -> list[str]:
    """Returns the ids of the claims that the schema lets a sentence tell."""
    sentence = (schema or {}).get("$defs", {}).get("Sentence", {})
    choices: list[str] = (
        sentence.get("properties", {}).get("claims", {}).get("items", {}).get("enum", [])
    )
    return choices


def _kind(prompt: Prompt, schema: Schema | None) -> str:
    if schema is None:
        return prompt.kind
    members = set(schema.get("properties", {}))
    return next((kind for kind, names in MEMBERS.items() if names == members), "")


def _storyline(data: dict[str, Any], random: Random) -> Answer:
    slides = _ordered(data["slides"], random)
    planned = [
        {"id": slide["id"], "title": slide["title"], "facts": [fact[0] for fact in slide["facts"]]}
        for slide in slides
    ]
    first_title = slides[0]["title"] if slides else "What the data show"
    return {"title": first_title, "answer": first_title, "slides": planned}


def _ordered(slides: list[dict[str, Any]], random: Random) -> list[dict[str, Any]]:
    """Returns the slides with the fixed ones in place, and the others in any order."""
    free = [slide for slide in slides if not slide["fixed"]]
    if random.random() < 0.5:
        random.shuffle(free)
    moved = iter(free)
    return [slide if slide["fixed"] else next(moved) for slide in slides]


def _slide(data: dict[str, Any], choices: list[str], random: Random) -> Answer:
    """Returns the draft's title and takeaways; empty members may be missing in the data."""
    facts, takeaways = data.get("facts", []), list(data.get("takeaways", []))
    if random.random() < 0.5:
        random.shuffle(takeaways)
    # The size of a change can't be stated without its direction.
    levels = [fact for fact in facts if len(fact) == 3]
    takeaways = takeaways or [f"The figure to know is {cited(fact)}" for fact in facts[:1]]
    return {
        "title": sentence(data.get("title", "What the data show"), choices),
        "takeaways": [sentence(text, choices) for text in takeaways],
        "notes": (
            f"Let {cited(levels[0])} stand for a moment before you go on. Leave time for questions."
            if levels
            else "Speak slowly here. Leave time for questions."
        ),
    }


def sentence(text: str, choices: list[str]) -> Answer:
    """Returns a sentence with the claims of the facts that it cites, as a careless model names them."""
    cited = {f"k{number}" for number in re.findall(r"\{\{f(\d+)\}\}", text)}
    return {"text": text, "claims": [claim for claim in choices if claim in cited]}


def cited(fact: list[str]) -> str:
    """Returns the reference to a fact in a text."""
    return f"{{{{{fact[0]}}}}}"
