"""The documents say what the code does."""

from pathlib import Path

from deckgen.config.settings import Settings
from tools.settings_page import page

ROOT = Path(__file__).parents[2]


def test_every_setting_is_documented() -> None:
    """docs/settings.md is what `make docs` would write now, and no setting is without a sentence."""
    assert (ROOT / "docs" / "settings.md").read_text() == page()
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
