"""The phrasebooks: every language says everything, in its own words."""

import re

import pytest

from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.domain.language.de.words import WORDS
from deckgen.domain.language.languages import languages
from deckgen.orchestrator.analyst.facts.statements import Slot, sentence, state
from deckgen.orchestrator.analyst.operations import operations

SLOT = re.compile(r"\{(\w+)(?::[^{}]*)?\}")
ENGLISH_ONLY = re.compile(
    r"\b(?:the|a|of|and|or|by|from|to|with|without|is|are|it|its|no|most|least|than|each|rose|fell|"
    r"highest|lowest|between|there|this|that|only|more|less|at|on)\b"
)
PHRASES = (  # these are parts of a sentence, or a list after a colon
    "periods.", "band.", "list.", "stopped.without", "components.since", "components.between",
    "difference.counts", "difference.between", "expiry.open", "expiry.blank", "ranking.small",
    "relation.small", "growth.unknown", "growth.no_base", "scope.once", "scope.before",
    "attainment.ever", "advice.evidence", "advice.a_year", "advice.worth",
)  # fmt: skip


def german() -> dict[str, str]:
    """Returns the German sentences, without the forms of phrases."""
    return {key: text for key, text in languages()["de"].texts.items() if ":" not in key}


def period(grain: str) -> Fact:
    unit = Unit(format=ValueFormat.PERIOD, symbol=grain)
    return Fact(
        id="f1", label="a period", value="2024-01-01", unit=unit, display="", sql="SELECT", rows=1
    )


def test_every_language_has_the_same_keys_and_slots() -> None:
    """What can be said in English can be said in each language, with the same facts."""
    assert {"en", "de"} <= languages().keys()  # it would stop the process, and name the key


def test_german_has_no_english_word() -> None:
    """A German sentence has no English function word, and no English quotation mark."""
    words = {key: SLOT.sub(" ", text).lower() for key, text in german().items()}
    assert [key for key, text in words.items() if ENGLISH_ONLY.search(text)] == []
    assert [key for key, text in german().items() if "”" in text or '"' in text] == []
    assert [key for key, text in german().items() if "“" in text and "„" not in text] == []


def test_german_is_written_with_umlauts() -> None:
    """No umlaut is spelled with two letters, and no ß with two s."""
    wrong = re.compile(r"\b(?:fuer|ueber|hoech|groess|koenn|waer|laeg|ueb|zurueck|moeg|ausser)", re.I)
    assert [key for key, text in german().items() if wrong.search(text)] == []


def test_german_sentences_have_a_verb() -> None:
    """Each sentence has a finite verb that checks know, or one that follows its noun's number."""
    without = []
    for key, text in german().items():
        if key.startswith(PHRASES) or key.partition(".")[0] not in operations():
            continue
        plain = SLOT.sub(" ", text.replace("|", " ")) + " ".join(
            re.findall(r":([^{}]*\|[^{}]*)\}", text)
        )
        words = re.findall(r"[a-zäöüß]+", plain.replace("|", " ").lower())
        if not WORDS.has_verb(" ".join(words)):
            without.append(key)
    assert without == []


@pytest.mark.parametrize(
    ("noun", "said"),
    [("Umsatz je Kunde", "stieg"), ("Bestellungen", "stiegen"), ("Kosten", "stiegen"),
     ("visits", "stiegen"), ("NPS", "stieg"), ("Preis", "stieg"), ("Zahl der Kunden", "stieg")],
)  # fmt: skip
def test_a_verb_follows_the_number_of_its_noun(noun: str, said: str) -> None:
    """The last word of a noun's head says whether it names several."""
    assert languages()["de"].noun(noun, "stieg|stiegen") == said


def test_a_reference_is_looked_up_for_its_number() -> None:
    """The label of a column decides about the verb, and stays a reference in the text."""
    statement = state("ranking.highest", name="Nord", measure="{{c2}}", value="{{f3}}")
    german = languages()["de"].of_columns(["", "", "Retouren"])
    assert sentence(statement, german) == "Bei Nord sind {{c2}} am höchsten: {{f3}}"


@pytest.mark.parametrize(
    ("noun", "said"),
    [("Umsatz", "vom Umsatz"), ("Menge", "von der Menge"), ("Kosten", "von den Kosten"),
     ("Verkäufe", "von Verkäufe"), ("Foo", "von Foo"), ("sales", "von sales")],
)  # fmt: skip
def test_a_preposition_has_an_article_where_the_gender_is_known(noun: str, said: str) -> None:
    """An unknown noun, and one that would need an ending, stays without an article."""
    assert languages()["de"].noun(noun, "von") == said


@pytest.mark.parametrize(
    ("grain", "when"),
    [("year", "{{f1}}"), ("quarter", "in {{f1}}"), ("month", "im {{f1}}"), ("day", "am {{f1}}"),
     ("week", "in der {{f1}}")],
)  # fmt: skip
def test_a_period_comes_with_the_words_of_its_grain(grain: str, when: str) -> None:
    """A year stands alone, a day and a month have their prepositions."""
    slots: dict[str, Slot] = {"measure": "Umsatz", "value": "{{f2}}", "period": period(grain)}
    assert (
        sentence(state("peak.high", **slots), languages()["de"])
        == f"Umsatz war {when} am höchsten: {{{{f2}}}}"
    )


def test_phrases_within_a_sentence_have_forms_too() -> None:
    """A stretch of periods is declined after a preposition: in den ersten … Monaten."""
    first = state("periods.first", count="{{f1}}", periods="Monate")
    said = sentence(state("periods.in", period=first), languages()["de"])
    assert said == "In den ersten {{f1}} Monaten"
    bare = state("periods.before", when=state("periods.in", period=first), said="umsatz stieg")
    assert sentence(bare, languages()["de"]) == "Die ersten {{f1}} Monate: Umsatz stieg"
