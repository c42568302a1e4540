"""The shapes of the model's answers. They are static: which facts there are is checked in code."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A strict JSON Schema: every member is there, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlannedSlide(Shape):
    id: str
    title: str
    facts: list[str]


class StorylineAnswer(Shape):
    title: str
    answer: str
    slides: list[PlannedSlide]


class SlideAnswer(Shape):
    title: str
    takeaways: list[str]
    notes: str
