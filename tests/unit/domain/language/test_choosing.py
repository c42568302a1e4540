"""Which language a deck is written in."""

from pathlib import Path

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.job_warnings import warnings_of
from deckgen.domain.language.choosing import Choice, choose
from deckgen.domain.language.spoken import spoken_in
from tests.unit.orchestrator.analyst.engine import run_table

TABLE = "region,sales\n" + "".join(f"{'ab'[n % 2]},{1000 * n + 1}\n" for n in range(40))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"language": "de"}, "de"),
        ({"language": "de-AT", "business_context": "How did sales develop?"}, "de"),
        ({"language": "en", "business_context": "Wie hat sich der Umsatz entwickelt?"}, "en"),
        ({"business_context": "Wie hat sich der Umsatz entwickelt?"}, "de"),
        ({"business_context": "Umsatz je Region"}, "de"),
        ({"business_context": "How did der Spiegel's revenue develop?", "locale": "de_DE"}, "en"),
        ({"business_context": "Umsatz Region 2024", "locale": "de_DE"}, "de"),
        ({"business_context": "Umsatz Region 2024"}, "en"),
        ({"locale": "de_CH"}, "de"),
        ({}, "en"),
    ],
)
def test_what_is_said_first_decides(fields: dict[str, str], code: str) -> None:
    """The context's language, else the brief's own, else the locale's, else English."""
    assert choose(Brief.model_validate(fields)) == Choice(code)


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "fr"},
        {"business_context": "Quelle est la région qui a les meilleures ventes ?"},
        {"locale": "fr_FR"},
    ],
)
def test_a_language_without_a_phrasebook_is_english(fields: dict[str, str]) -> None:
    """It is known which one was wanted."""
    assert choose(Brief.model_validate(fields)) == Choice("en", "fr")


@pytest.mark.parametrize(
    ("fields", "locale"),
    [
        ({"business_context": "Wie hat sich der Umsatz entwickelt?"}, "de_DE"),
        ({"business_context": "How did sales develop?"}, "en_US"),
        ({"language": "de-AT", "business_context": "How did sales develop?"}, "de_AT"),
        ({"language": "fr"}, "en_US"),
        ({"locale": "en_GB", "business_context": "Wie hat sich der Umsatz entwickelt?"}, "en_GB"),
    ],
)
def test_numbers_are_written_as_is_usual_in_the_language(fields: dict[str, str], locale: str) -> None:
    """Where the brief names no locale, and the words are in a language that deckgen writes."""
    assert Brief.model_validate(fields).locale == locale


@pytest.mark.parametrize("text", ["", "Umsatz 2024", "sales", "the der", "La Paz"])
def test_undecided_texts_are_of_no_language(text: str) -> None:
    """Names are written alike in all of them."""
    assert spoken_in(text) == ""


def test_tags_are_those_of_bcp_47() -> None:
    """`de_at` is de-AT; what names no language is refused."""
    assert Brief(language="de_at").language == "de-AT"
    with pytest.raises(ValueError, match="must name a language, such as en, de or de-AT"):
        Brief(language="klartext")


def test_a_deck_says_its_language_and_what_was_wanted(tmp_path: Path) -> None:
    """Its job has a warning, and one in English has neither member."""
    german = run_table(tmp_path / "a.csv", TABLE, "Welche Region führt?").deck.to_json()
    french = run_table(tmp_path / "b.csv", TABLE, language="fr").deck.to_json()
    english = run_table(tmp_path / "c.csv", TABLE, "Which region leads?").deck.to_json()
    assert german["language"] == "de"
    assert "language" not in english
    assert (french["languageWanted"], warnings_of(english)) == ("fr", [])
    (warning,) = warnings_of(french)
    assert (warning.code, warning.message) == (
        "language_not_written",
        "deckgen does not write French yet: the words are English, numbers and dates as asked for",
    )


def test_the_locale_alone_formats(tmp_path: Path) -> None:
    """A German and an English deck write the same numbers alike, as their locale does."""

    def shown(language: str, locale: str) -> set[str]:
        said = {"language": language, "locale": locale}
        run = run_table(tmp_path / "t.csv", TABLE, "Which region leads by sales?", **said)
        return {fact.display for fact in run.deck.facts if fact.unit.is_numeric}

    assert shown("de", "de_DE") == shown("en", "de_DE")
    assert shown("de", "en_US") == shown("en", "en_US")
    assert shown("de", "de_DE") != shown("de", "en_US")
