"""The prices of tokens, by a table in a settings file."""

import re
import tomllib
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from deckgen.config.settings import SettingsError

MILLION = 1_000_000
_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")


class Price(BaseModel):
    """US dollars for a million tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    into: float = Field(ge=0, alias="in")
    cached: float = Field(ge=0)
    out: float = Field(ge=0)

    def of(self, tokens_in: int, tokens_cached: int, tokens_out: int) -> float:
        """Returns the price of a call; cached tokens are part of the input tokens."""
        fresh = tokens_in - tokens_cached
        dollars = fresh * self.into + tokens_cached * self.cached + tokens_out * self.out
        return round(dollars / MILLION, 8)


_TABLE = TypeAdapter(dict[str, Price])


def read_prices(path: Path | None) -> dict[str, Price]:
    """Returns the table of a file, or deckgen's own. SettingsError if it can't be used."""
    default = resources.files("deckgen.orchestrator.model") / "prices.toml"
    try:
        text = path.read_text("utf-8") if path else default.read_text("utf-8")
        return _TABLE.validate_python(tomllib.loads(text))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise SettingsError(f"The setting OPENAI_PRICES can't be used: {reason}") from error


def price_of(model: str, prices: dict[str, Price]) -> Price | None:
    """Returns the price of a model, or of its undated name; None if it is not known."""
    return prices.get(model) or prices.get(_DATED.sub("", model))
