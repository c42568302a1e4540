"""A column of currencies: amounts of several are never added up."""

from deckgen.domain.table_models import Confidence, Currencies
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

NAMES = frozenset({"currency", "ccy", "curr", "wahrung", "waehrung", "devise", "iso"})


def decide(look: Look, made: Decisions) -> None:
    """Add the column of currencies, if it has several."""
    for known in look.columns:
        codes = [str(value) for value in look.values.get(known.name, {})]
        if len(codes) < 2 or not all(code.upper() in CURRENCY_CODES for code in codes):
            continue
        if not known.says(NAMES):
            continue  # three letters may be much else
        made.currencies = Currencies(
            column=known.name,
            codes=codes,
            reason="its name and all of its values say so",
            confidence=Confidence.SURE,
        )
        made.warnings.append(told(known, made.currencies))
        return


def told(known: Known, found: Currencies) -> str:
    """Returns the warning of several currencies."""
    codes = ", ".join(found.codes)
    return f"the amounts are in {codes} (“{known.label}”): one currency at a time adds up"
