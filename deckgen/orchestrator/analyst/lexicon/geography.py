"""Geography: column names and cells that stand for countries, cities and other places.

Names of countries in seven languages, and their ISO codes, are those of the CLDR (through Babel).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from babel import Locale
from babel.core import get_global

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
_POSTCODES = frozenset({"zip", "zipcode", "postcode", "postal", "postleitzahl", "plz"})
_PLACES = frozenset({
    "country", "countries", "nation", "continent", "state", "states", "province", "county", "region",
    "territory", "city", "town", "village", "municipality", "borough", "suburb", "neighborhood",
    "neighbourhood", "prefecture", "canton", "location", "geography", "geo", "airport", "metro",
    "msa", "district", "nationality", "iso", "iso2", "iso3", "land", "staat", "bundesland", "stadt",
    "ort", "gemeinde", "kreis", "landkreis", "kanton", "gebiet", "standort", "pays", "ville",
    "commune", "departement", "pais", "ciudad", "provincia", "estado", "municipio", "comunidad",
    "paese", "citta", "regione", "comune", "cidade", "uf", "regiao", "provincie", "stad", "regio",
    "kraj", "miasto", "wojewodztwo", "kommun", "国", "国家", "地域", "都道府県", "市", "城市",
    "省", "省份",
})  # fmt: skip
# Languages that put the noun first: code_postal, pays_client.
_FIRST = frozenset({
    "pays", "ville", "commune", "departement", "pais", "ciudad", "provincia", "estado", "municipio",
    "comunidad", "paese", "citta", "regione", "comune", "cidade", "codigo", "code",
})  # fmt: skip
# These may follow the noun without changing its meaning.
_SUFFIXES = frozenset({
    "code", "codes", "name", "id", "iso", "iso2", "iso3", "abbr", "abbreviation", "cd", "nr",
    "number", "key", "label", "group",
})  # fmt: skip
_STATUSES = frozenset({
    "active", "inactive", "open", "closed", "new", "pending", "done", "cancelled", "canceled",
    "failed", "completed", "running", "on", "off", "paused", "won", "lost", "draft", "approved",
    "rejected", "ok", "error", "yes", "no", "solid", "liquid", "gas", "activo", "inactivo", "abierto",
    "cerrado", "pendiente",
})  # fmt: skip
_US_STATES = (
    "Alabama AL|Alaska AK|Arizona AZ|Arkansas AR|California CA|Colorado CO|Connecticut CT|Delaware DE|"
    "District of Columbia DC|Florida FL|Georgia GA|Hawaii HI|Idaho ID|Illinois IL|Indiana IN|Iowa IA|"
    "Kansas KS|Kentucky KY|Louisiana LA|Maine ME|Maryland MD|Massachusetts MA|Michigan MI|"
    "Minnesota MN|Mississippi MS|Missouri MO|Montana MT|Nebraska NE|Nevada NV|New Hampshire NH|"
    "New Jersey NJ|New Mexico NM|New York NY|North Carolina NC|North Dakota ND|Ohio OH|Oklahoma OK|"
    "Oregon OR|Pennsylvania PA|Rhode Island RI|South Carolina SC|South Dakota SD|Tennessee TN|Texas TX|"
    "Utah UT|Vermont VT|Virginia VA|Washington WA|West Virginia WV|Wisconsin WI|Wyoming WY"
)
_ALIASES = frozenset({
    "usa", "uk", "united states of america", "great britain", "england", "scotland", "wales",
    "northern ireland", "korea", "south korea", "czech republic", "ivory coast", "turkey", "holland",
    "uae", "hong kong", "macau", "viet nam", "dach", "emea", "apac", "latam", "benelux", "nordics",
})  # fmt: skip
# Ends of journeys are places if the cells are codes of airports.
_STOPS = frozenset({"origin", "dest", "destination", "departure", "arrival"})
_AIRPORT = re.compile(r"[A-Z]{3,4}")
MIN_CODES, KNOWN = 5, 0.8


def says_postcode(words: Sequence[str]) -> bool:
    """True if one of the words names a postcode."""
    return bool(_POSTCODES & {plain(word) for word in words})


def says_place(words: Sequence[str], cells: Sequence[str]) -> bool:
    """True if the name means places: its last word, or the first in languages that start with the noun.

    A "state" is no place if its cells are statuses: open, closed.
    """
    noun, first = _noun(words), plain(words[0]) if words else ""
    if noun in _STOPS and cells and all(_AIRPORT.fullmatch(cell) for cell in cells):
        return True
    if noun not in _PLACES and not (first in _FIRST and first in _PLACES):
        return False
    return not (_STATUSES & {cell.lower() for cell in cells})


def are_places(cells: Sequence[str]) -> bool:
    """True if most cells are names of countries or of US states, or all are codes of such.

    Codes have two or three letters, which can mean much else: several are needed, and all must match.
    """
    if len(cells) < 2:
        return False
    count = sum(plain(cell) in known_names() for cell in cells)
    if count >= KNOWN * len(cells):
        return True
    return len(cells) >= MIN_CODES and any(
        all(cell in codes for cell in cells) for codes in (country_codes(), _us_states()[1])
    )


def plain(text: str) -> str:
    """Returns the text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.strip().lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _noun(words: Sequence[str]) -> str:
    """Returns the noun of a name: the last word but for suffixes, or the one before "of"."""
    nouns = [plain(word) for word in words]
    nouns = nouns[: nouns.index("of")] if "of" in nouns[1:] else nouns
    while len(nouns) > 1 and nouns[-1] in _SUFFIXES:
        nouns.pop()
    return nouns[-1] if nouns else ""


@cache
def known_names() -> frozenset[str]:
    """Returns the names of countries in several languages and of US states, as `plain` writes them."""
    countries = {plain(name) for code in _LANGUAGES for name in Locale(code).territories.values()}
    return frozenset(countries | _us_states()[0] | _ALIASES)


@cache
def country_codes() -> frozenset[str]:
    """Returns ISO 3166 alpha-2 and alpha-3 codes; the CLDR has the longer ones as aliases."""
    codes = map(str, [*Locale("en").territories, *get_global("territory_aliases")])
    return frozenset(code for code in codes if code.isalpha() and len(code) in (2, 3))


@cache
def _us_states() -> tuple[frozenset[str], frozenset[str]]:
    """Returns the names in lower case, and the codes."""
    states = [state.rsplit(" ", 1) for state in _US_STATES.split("|")]
    return frozenset(name.lower() for name, _ in states), frozenset(code for _, code in states)
