"""One dimension by another, each cell in a shade, over the whole width."""

from deckgen.domain.charts import ChartKind
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import MOST_BENEATH, beneath, of_kinds

ARCHETYPE = Archetype(
    slots={"exhibit": 1, "figure": 1, "takeaways": MOST_BENEATH},
    order=2,
    suits=of_kinds(ChartKind.HEAT, most=MOST_BENEATH),
    place=beneath,
)
