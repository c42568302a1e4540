"""The decisions so far: each room adds its own, and may use those before it."""

from dataclasses import dataclass, field

from deckgen.domain.table_models import (
    Components,
    Currencies,
    DateModel,
    DerivedMeasure,
    Direction,
    Filter,
    GrainModel,
    Ledger,
    LongTable,
    MeasureModel,
    OrderModel,
    Outcome,
    RateModel,
    Scenario,
    Sentinel,
    TimeModel,
    WeightModel,
)


@dataclass
class Decisions:
    """By the names of columns where they are about one. Warnings are sentences without a full stop."""

    grain: GrainModel | None = None
    measures: dict[str, MeasureModel] = field(default_factory=dict)
    rates: dict[str, RateModel] = field(default_factory=dict)
    weights: dict[str, WeightModel] = field(default_factory=dict)
    sentinels: dict[str, list[Sentinel]] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    orders: dict[str, OrderModel] = field(default_factory=dict)
    directions: dict[str, Direction] = field(default_factory=dict)
    derived: list[DerivedMeasure] = field(default_factory=list)
    scenarios: list[Scenario] = field(default_factory=list)
    long_table: LongTable | None = None
    ledger: Ledger | None = None
    time: TimeModel | None = None
    dates: list[DateModel] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    currencies: Currencies | None = None
    components: Components | None = None
    warnings: list[str] = field(default_factory=list)
