"""Two periods and what each group did between them."""

from deckgen.domain.charts import ChartKind
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import beside, of_kinds

ARCHETYPE = Archetype(
    slots={"exhibit": 1, "figure": 1, "takeaways": 5},
    order=2,
    suits=of_kinds(ChartKind.SLOPE),
    place=beside(7),
)
