"""Words of questions: what is asked for, and which way. Each language has a file of its own."""

import re

from deckgen.orchestrator.analyst.lexicon.questions import de, en
from deckgen.orchestrator.analyst.lexicon.questions.cues import Cue

__all__ = ["Cue", "cues_of"]

LANGUAGES = {"en": en.PATTERNS, "de": de.PATTERNS}
COMPILED = {
    cue: re.compile(
        rf"\b(?:{'|'.join(said[cue] for said in LANGUAGES.values() if cue in said)})", re.IGNORECASE
    )
    for cue in Cue
}


def cues_of(text: str) -> dict[Cue, int]:
    """Returns the cues of a question with the place of the first match of each."""
    found = {cue: re.search(pattern, text) for cue, pattern in COMPILED.items()}
    return {cue: match.start() for cue, match in found.items() if match}
