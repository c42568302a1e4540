"""What a kind of insight lacks is told when the orchestrator starts, and not on somebody's table."""

import importlib
import pkgutil

from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import insights
from deckgen.orchestrator.analyst.brief.questions import ANSWERING, NEVER_ANSWER
from deckgen.orchestrator.analyst.insights import search
from deckgen.orchestrator.analyst.narrative.storyline import ORDER


def check_insights() -> None:
    """Raises TypeError that names what is missing, and where it belongs."""
    problems = [f"{name} is not in ALL of insights/__init__.py" for name in _unlisted()]
    for kind in InsightKind:
        if kind not in ORDER:
            problems.append(f"{kind} has no place in ORDER of narrative/storyline.py")
        if kind not in ANSWERING | NEVER_ANSWER:
            problems.append(f"{kind} neither answers a question in brief/questions.py nor never does")
    if problems:
        raise TypeError(f"The insights are not complete: {'; '.join(problems)}.")


def _unlisted() -> list[str]:
    """The modules that find insights, and that nobody asks."""
    asked = {find.__module__ for find in insights.ALL}
    modules = {f"{insights.__name__}.{each.name}" for each in pkgutil.iter_modules(insights.__path__)}
    finding = {name for name in modules if hasattr(importlib.import_module(name), "find")}
    return sorted(name.rpartition(".")[2] for name in finding - asked - {search.__name__})
