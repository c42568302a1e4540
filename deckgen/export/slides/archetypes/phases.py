"""What is expected, in a range, after what was."""

from deckgen.domain.charts import ChartKind
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import MOST_BENEATH, beneath, of_kinds

ARCHETYPE = Archetype(
    slots={"exhibit": 1, "figure": 1, "takeaways": MOST_BENEATH},
    order=2,
    suits=of_kinds(ChartKind.FORECAST, most=MOST_BENEATH),
    place=beneath,
)
