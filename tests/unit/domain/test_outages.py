"""Every code that a job can fail with is known to be the job's own, or infrastructure's."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.domain import step_contract
from deckgen.domain.outages import OUTAGE_CODES

SOURCE = Path(__file__).parents[3] / "deckgen"
# Where errors of steps come from, on either side of a call.
PARTS = ("bounded", "domain", "orchestrator", "worker")
# The request itself has to change before these can succeed, or the model refuses what was asked of it.
OWN_CODES = {
    "binary_data",
    "binary_workbook",
    "broken_parquet",
    "broken_workbook",
    "compressed_file",
    "deck_too_large",
    "empty_csv",
    "encrypted_parquet",
    "encrypted_workbook",
    "no_rows",
    "no_table_in_workbook",
    "not_a_table",
    "not_a_workbook",
    "old_workbook",
    "one_column",
    "opendocument",
    "out_of_memory",
    "query_refused",
    "query_timeout",
    "revision_refused",
    "slide_not_found",
    "slide_not_revisable",
    "table_process_broken",
    "table_timeout",
    "too_large",
    "too_many_columns",
    "unknown_column",
    "unreadable_data",
    "workbook_too_large",
    step_contract.MODEL_REFUSES,
    step_contract.MODEL_TOO_LARGE,
}
# Defaults of classes of errors that are always raised with a code of their own, or codes of no step.
NO_CODES = {
    "ask_timeout",
    "asked_fact_not_found",
    "columns_missing",
    "conflict",
    "deck_has_no_table",
    "deck_without_table",
    "edit_timeout",
    "fact_id_taken",
    "invalid_cursor",
    "key_missing",
    "no_slide_left",
    "not_found",
    "operator_only",
    "order_incomplete",
    "presentation_too_large",
    "preview_timeout",
    "scope_missing",
    "signature_invalid",
    "step_failed",
    "step_failed_permanently",
    "step_failed_temporarily",
    "template_unusable",
    "text_not_found",
    "table_not_found",
    "too_many_jobs",
    "too_many_requests",
    "unavailable",
    "user_not_allowed",
}


def codes(node: ast.AST) -> Iterator[str]:
    """The codes that are written in a module: of a call, and as the default of a class."""
    for one in ast.walk(node):
        if isinstance(one, ast.keyword) and one.arg == "code" and isinstance(one.value, ast.Constant):
            yield str(one.value.value)
        if isinstance(one, ast.ClassDef):
            for each in one.body:
                if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "code":
                    yield str(ast.literal_eval(each.value))


def written() -> set[str]:
    files = [file for part in PARTS for file in (SOURCE / part).rglob("*.py")]
    found = {code for file in files for code in codes(ast.parse(file.read_text()))}
    return found | {
        str(value)
        for name, value in vars(step_contract).items()
        if name.startswith("MODEL_") and isinstance(value, str)
    }


@pytest.mark.slow
def test_each_code_is_classified() -> None:
    """Whoever adds a code says whether a job that failed with it waits for a person."""
    assert written() - OUTAGE_CODES - OWN_CODES - NO_CODES == set()


def test_the_door_is_infrastructure() -> None:
    """What the orchestrator's door answers with is no job's own fault; it asks for no host."""
    doors = [SOURCE / "http" / f"{name}.py" for name in ("doors", "early_refusals")]
    answered = {
        str(ast.literal_eval(call.args[1]))
        for door in doors
        for call in ast.walk(ast.parse(door.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "problem"
    }
    assert "too_many_connections" in answered
    assert answered - OUTAGE_CODES == {"host_not_allowed"}


@pytest.mark.slow
def test_none_is_both() -> None:
    """A code says one thing; those that are listed are still written."""
    assert OUTAGE_CODES.isdisjoint(OWN_CODES)
    assert (OWN_CODES | NO_CODES) - written() == set()
