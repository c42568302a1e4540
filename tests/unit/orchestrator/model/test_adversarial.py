"""Slides with wrong numbers in words, and sound ones, as judged before they can stand in a deck."""

import json
import re

import pytest

from deckgen.domain.blocks import Bullets
from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.decks import Layout, Provenance, Slide
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.model_calls import UpperBound
from deckgen.domain.model_steps import Intent
from deckgen.orchestrator.model.slide_parser import parse_slide
from tests.model_answers import slide_answer
from tests.unit.domain.adversarial import WrittenSlide, sound, wrong

pytestmark = pytest.mark.slow

SLIDES = 500
OWN = "has a number of its own"


def source() -> Source:
    columns = [
        Column(
            name=f"n{index}",
            label=f"name {chr(97 + index)}",
            type="DOUBLE",
            role=Role.MEASURE,
            reason="",
            missing=0,
            distinct=1,
        )
        for index in range(20)
    ]
    return Source(name="t.csv", sha256="0" * 64, bytes=1, rows=1, columns=columns, warnings=[])


def fact(name: str) -> Fact:
    return Fact(id=name, label=name, value=7, unit=COUNT, display="7", sql="SELECT 7", rows=1)


def numbers_refused(slide: WrittenSlide) -> list[str]:
    """For which numbers of its own the slide is refused, with every fact that it cites being listed."""
    cited = sorted(set(re.findall(r"\{\{(f\d+)\}\}", " ".join(slide.texts))))
    draft = Slide(id="s", layout=Layout.CHART, title="t", blocks=[Bullets(items=[])])
    intent = Intent(
        slide=draft,
        facts=[fact(name) for name in cited],
        must_cite=True,
        most=UpperBound(tokens=1, cost=None),
    )
    answer = slide_answer(slide.title, slide.takeaways, slide.notes)
    found = parse_slide(json.dumps(answer), "", intent, Brief(), source(), Provenance())
    return [problem for problem in found.problems if OWN in problem]


def test_wrong_numbers_in_words_are_refused() -> None:
    """Of 500 slides with a number in words, or in digits of another kind, at least 99 % are refused."""
    missed = [slide for slide in wrong(SLIDES) if not numbers_refused(slide)]
    assert len(missed) <= 0.01 * SLIDES, missed


def test_sound_slides_are_not_refused_for_numbers() -> None:
    """Of 500 slides without one, at most 1 % are refused for it."""
    refused = [slide for slide in sound(SLIDES) if numbers_refused(slide)]
    assert len(refused) <= 0.01 * SLIDES, refused


def test_without_the_look_at_words_they_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: nothing else would hold wrong numbers in words back."""
    monkeypatch.setattr("deckgen.orchestrator.model.slide_rules.own_numbers", lambda text: [])
    assert not any(numbers_refused(slide) for slide in wrong(50))
