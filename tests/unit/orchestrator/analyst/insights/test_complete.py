"""The insights' list: what a new kind lacks is told at the start, and never on somebody's table."""

from pathlib import Path

import pytest

from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import insights
from deckgen.orchestrator.analyst.narrative import complete
from deckgen.orchestrator.analyst.narrative.complete import check_insights


def test_every_kind_has_its_places() -> None:
    """Each kind is found, has a place in a deck, and answers questions or is said not to."""
    check_insights()


def test_a_kind_without_a_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever adds a kind learns where else it belongs."""
    monkeypatch.setattr(complete, "InsightKind", [*InsightKind, "gap"])
    with pytest.raises(TypeError) as told:
        check_insights()
    assert "gap has no place in ORDER of narrative/storyline.py" in str(told.value)
    assert "gap neither answers a question in brief/questions.py nor never does" in str(told.value)


def test_a_module_that_nobody_asks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An insight that is written, and not listed, would stay mute."""
    (tmp_path / "gap.py").write_text("def find(analysis):\n    return []\n")
    monkeypatch.setattr(insights, "__path__", [*insights.__path__, str(tmp_path)])
    with pytest.raises(TypeError, match=r"gap is not in ALL of insights/__init__\.py"):
        check_insights()
