"""A third language: a folder beside the others, and nothing else, as docs/extending.md says."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.domain import language as package
from deckgen.domain.briefs import Brief
from deckgen.domain.formatting.display import formatter
from deckgen.domain.language.choosing import choose
from deckgen.domain.language.languages import languages
from tests.recipes import recipe
from tests.unit.orchestrator.analyst.engine import run_table

WORDS, SENTENCES = recipe("A language")
TABLE = "month,region,sales\n" + "".join(
    f"2024-{month:02d}-01,{region},{10 + month}\n" for month in range(1, 13) for region in "ab"
)


def forget() -> None:
    """Languages, and what writes numbers in them, are looked for once in a process."""
    languages.cache_clear()
    formatter.cache_clear()


def translated() -> str:
    """Returns a file with every text of English, whose words end in -o but for references and slots."""
    texts = {key: f"{text} o" for key, text in languages()["en"].texts.items() if text}
    texts |= {key: "" for key, text in languages()["en"].texts.items() if not text}
    return f'"""Toy."""\n\nSENTENCES = {texts!r}\n'


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Esperanto, as the recipe has it, with its further texts."""
    folder = tmp_path / "languages" / "eo"
    (folder / "sentences").mkdir(parents=True)
    for part in (folder, folder / "sentences"):
        (part / "__init__.py").write_text('"""Esperanto."""\n')
    (folder / "words.py").write_text(WORDS)
    own: dict[str, dict[str, str]] = {}
    exec(compile(SENTENCES, "docs/extending.md", "exec"), own)
    everything: dict[str, dict[str, str]] = {}
    exec(compile(translated(), "toy", "exec"), everything)
    others = {key: text for key, text in everything["SENTENCES"].items() if key not in own["SENTENCES"]}
    (folder / "sentences" / "change.py").write_text(SENTENCES)
    (folder / "sentences" / "others.py").write_text(f'"""Toy."""\n\nSENTENCES = {others!r}\n')
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder.parent)])
    forget()
    yield folder
    monkeypatch.undo()
    for name in [name for name in sys.modules if name.startswith(f"{package.__name__}.eo")]:
        sys.modules.pop(name)
    forget()


def test_a_language_is_a_folder(toy: Path, tmp_path: Path) -> None:
    """A brief with its small words gets a deck in it, told by its texts."""
    run = run_table(tmp_path / "t.csv", TABLE, "Kiel la sales estas kaj kiu region?")
    assert run.deck.language == "eo"
    assert run.deck.language_wanted == ""
    assert "fonto: " in {slide.source_line[:7] for slide in run.deck.slides}


def test_a_tag_names_it(toy: Path) -> None:
    """With a country or without."""
    assert choose(Brief(language="eo")).code == "eo"
    assert choose(Brief(language="eo-001", business_context="What is it?")).code == "eo"


def test_a_language_that_lacks_a_text_is_named(toy: Path) -> None:
    """It would be silent in the middle of a deck."""
    (toy / "sentences" / "change.py").write_text('SENTENCES = {"own.key": "x"}')
    with pytest.raises(TypeError, match=r"eo has no text for change\.rose; .*eo has own\.key, which"):
        languages()


def test_another_slot_is_named(toy: Path) -> None:
    """Nobody would fill it."""
    code = (toy / "sentences" / "change.py").read_text()
    (toy / "sentences" / "change.py").write_text(code.replace("{measure}", "{amount}"))
    with pytest.raises(TypeError, match=r"eo has another slot in change\.rose"):
        languages()


def test_a_language_without_its_words_is_named(toy: Path) -> None:
    """The checks would find nothing in its decks."""
    (toy / "words.py").write_text('COMMON = frozenset({"la"})')
    with pytest.raises(TypeError, match=r"language\.eo\.words has no WORDS, which are Words\."):
        languages()
