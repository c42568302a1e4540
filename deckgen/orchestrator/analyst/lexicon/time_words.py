"""Words for the lengths of periods, in English and German."""

from deckgen.domain.formatting.display import Grain

GRAIN_WORDS: dict[Grain, str] = {
    "day": r"tomorrow|next days?|morgen|nächste[nrs]? tage?",
    "week": r"weeks?|wochen?",
    "month": r"months?|monate?[ns]?",
    "quarter": r"quarters?|quartale?[ns]?",
    "year": r"years?|jahre?[ns]?",
}
