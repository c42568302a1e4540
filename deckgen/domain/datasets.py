"""What is known of an uploaded table: its columns with their roles, and what was decided on reading."""

from enum import StrEnum

from pydantic import Field

from deckgen.domain.documents import Model


class Role(StrEnum):
    MEASURE = "measure"
    DIMENSION = "dimension"
    GEOGRAPHY = "geography"  # a dimension whose groups are places
    TIME = "time"
    ID = "id"
    TEXT = "text"

    @property
    def forms_groups(self) -> bool:
        """Whether rows are told apart by its values: a dimension, be it of places or not."""
        return self in (Role.DIMENSION, Role.GEOGRAPHY)


class Additivity(StrEnum):
    """Over what a measure may be summed. When in doubt a measure is a rate: a mean is never absurd."""

    FLOW = "flow"  # summed over everything: revenue, precipitation
    STOCK = "stock"  # summed over groups, never over time: headcount, inventory
    RATE = "rate"  # never summed: a price, a share, a temperature


class Column(Model):
    name: str = Field(description="As it is called in the table `data`")
    label: str = Field(description="As a person would call it")
    type: str = Field(description="The type in DuckDB")
    role: Role
    additivity: Additivity | None = Field(default=None, description="For measures")
    symbol: str = Field(default="", description="Unit of a measure (an ISO code for a currency)")
    scale: float = Field(default=1, description="What one counts: 1000 for a column in thousands")
    reason: str = Field(description="Why it has this role, in words")
    missing: int = Field(ge=0)
    distinct: int = Field(ge=0)


class Source(Model):
    """The uploaded table. `sha256` is taken over the uploaded bytes."""

    name: str
    sha256: str
    bytes: int = Field(ge=0)
    rows: int = Field(ge=0)
    columns: list[Column]
    warnings: list[str] = Field(description="What was decided or noticed on reading, in words")
