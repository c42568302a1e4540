"""What the request says of rows: what one is, and which columns tell them apart."""

from deckgen.domain.table_models import Confidence, GrainModel
from deckgen.orchestrator.analyst.table_model import grain
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Look
from deckgen.orchestrator.analyst.table_model.settings import REASON


def decide(look: Look, made: Decisions) -> None:
    """Replace key and noun of the grain by those of the request; a noun follows from a key."""
    said, before = look.settings.table, made.grain
    if said.row is None and said.key is None:
        return
    names = said.key or (before.key if before else [])
    noun = said.row
    if noun is None:
        key = grain.Key(tuple(look.named(name) for name in names), REASON, Confidence.SURE)
        noun, _, _ = grain.noun_of(look, key)
    made.grain = GrainModel(
        noun=noun,
        key=names,
        duplicates=before.duplicates if before else None,
        copies=before.copies if before else None,
        reason=REASON,
        confidence=Confidence.SURE,
    )
