"""Answers from bad to good, around the middle."""

from deckgen.domain.charts import ChartKind
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import beside, of_kinds

ARCHETYPE = Archetype(
    slots={"exhibit": 1, "figure": 1, "takeaways": 5},
    order=2,
    suits=of_kinds(ChartKind.SCALE),
    place=beside(8),
)
