"""Waterfalls: the colour of a step and what is written at it."""

from deckgen.export.charts.view import Step, View
from deckgen.export.themes import Palette


def colour(kind: str, colours: Palette) -> str:
    return {"total": colours.muted, "increase": colours.accent, "decrease": colours.loss}[kind]


def said(step: Step, view: View) -> str:
    return view.say(step.value, view.unit, signed=step.kind != "total")
