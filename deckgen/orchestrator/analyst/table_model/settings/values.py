"""What the request says of values: which order they have, and which way is good."""

from deckgen.domain.table_models import Confidence, Direction, OrderModel
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Look
from deckgen.orchestrator.analyst.table_model.settings import REASON

SURE = Confidence.SURE


def order(look: Look, made: Decisions) -> None:
    """Replace the order of values."""
    for name, said in look.settings.columns.items():
        if said.order is not None:
            values = [str(value) for value in said.order]
            made.orders[name] = OrderModel(
                scale="requested", values=values, reason=REASON, confidence=SURE
            )


def direction(look: Look, made: Decisions) -> None:
    """Replace which way is good: by itself, or by an outcome that is good or bad news."""
    for name, said in look.settings.columns.items():
        if said.better is not None:
            made.directions[name] = Direction(better=said.better, reason=REASON, confidence=SURE)
        elif said.good is not None:
            made.directions[name] = Direction(
                better="higher" if said.good else "lower", reason=REASON, confidence=SURE
            )
