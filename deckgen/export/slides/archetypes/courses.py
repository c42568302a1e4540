"""Several measures or groups over time, each named where it ends."""

from deckgen.domain.charts import ChartKind
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import beside, of_kinds

ARCHETYPE = Archetype(
    slots={"exhibit": 1, "figure": 1, "takeaways": 5},
    order=3,
    suits=of_kinds(ChartKind.INDEXED, ChartKind.LINE),
    place=beside(8),
)
