"""An uploaded table: its columns with their roles, and the decisions made while reading it."""

from enum import StrEnum

from pydantic import Field

from deckgen.domain.documents import BaseDocument

PARQUET = "application/vnd.apache.parquet"  # the media type


class Role(StrEnum):
    MEASURE = "measure"
    DIMENSION = "dimension"
    GEOGRAPHY = "geography"  # a dimension whose groups are places
    TIME = "time"
    ID = "id"
    TEXT = "text"

    @property
    def forms_groups(self) -> bool:
        """True if its values divide the rows into groups: a dimension, geographic or not."""
        return self in (Role.DIMENSION, Role.GEOGRAPHY)


class Additivity(StrEnum):
    """The ways a measure may be summed. In doubt a measure is a rate: a mean is never absurd."""

    FLOW = "flow"  # summed over everything: revenue, precipitation
    STOCK = "stock"  # summed over groups, never over time: headcount, inventory
    RATE = "rate"  # never summed: a price, a share, a temperature


class Column(BaseDocument):
    name: str = Field(description="Its name in the table `data`")
    label: str = Field(description="Its name for people")
    type: str = Field(description="The type in DuckDB")
    role: Role
    additivity: Additivity | None = Field(default=None, description="For measures")
    symbol: str = Field(default="", description="Unit of a measure (an ISO code for a currency)")
    scale: float = Field(default=1, description="The value of one unit: 1000 for a column in thousands")
    reason: str = Field(description="Why it has this role, in a few words")
    missing: int = Field(ge=0)
    distinct: int = Field(ge=0)


class Source(BaseDocument):
    """The uploaded table. `sha256` is taken over the uploaded bytes."""

    name: str
    sha256: str
    bytes: int = Field(ge=0)
    rows: int = Field(ge=0)
    columns: list[Column]
    warnings: list[str] = Field(description="Decisions and observations made while reading, in words")


class TableFile(BaseDocument):
    """A table as it was read, in a Parquet file."""

    name: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", description="Its name in the facts' SQL")
    rows: int = Field(ge=0)
    columns: int = Field(ge=0)

    @property
    def file_name(self) -> str:
        return f"{self.name}.parquet"


class TableFiles(BaseDocument):
    """The tables of an upload as files, and the decisions made while reading it, in words."""

    tables: list[TableFile] = Field(min_length=1)
    warnings: list[str]
