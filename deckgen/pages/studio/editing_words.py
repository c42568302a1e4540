"""What the checks of an edit find, in the words of the page's language."""

from typing import Any

from starlette.requests import Request

from deckgen.domain.editing import EditCheck, EditFinding, FindingCode
from deckgen.pages.language import Language, language_of


def said_of(request: Request, found: EditCheck) -> dict[str, Any]:
    """Returns the findings by the places of their texts, for the script of the page."""
    language = language_of(request)
    sentences = [
        {
            "place": each.place,
            "findings": [
                {
                    "severity": finding.severity.value,
                    "kind": language.says(f"finding.{finding.severity.value}"),
                    "words": words_of(language, finding),
                    "suggestions": [s.to_json() for s in finding.suggestions],
                }
                for finding in each.findings
            ],
        }
        for each in found.sentences
        if each.findings
    ]
    return {"savable": found.savable, "sentences": sentences, "summary": _summary(language, found)}


def words_of(language: Language, finding: EditFinding) -> str:
    """Returns a finding as a sentence; a check that is new speaks for itself."""
    if finding.code is FindingCode.CONTRADICTED and language.code == "en":
        return finding.message  # which says what the number is
    key = f"finding.{finding.code.value}"
    return language.says(key, piece=finding.piece) if language.knows(key) else finding.message


def _summary(language: Language, found: EditCheck) -> str:
    count = {
        severity: sum(f.severity == severity for each in found.sentences for f in each.findings)
        for severity in ("error", "warning")
    }
    if count["error"]:
        return language.says("editing.errors", number=count["error"])
    if count["warning"]:
        return language.says("editing.warnings", number=count["warning"])
    return language.says("editing.nothing_found")
