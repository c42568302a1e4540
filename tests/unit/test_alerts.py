"""Alerts and dashboard ask for what there is, and docs/operations.md says what all of it means."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # uvicorn brings it along, without types

from tests.prometheus import PROMTOOL, described, needs_promtool

ROOT = Path(__file__).parents[2]
PROMETHEUS, GRAFANA = ROOT / "deploy" / "prometheus", ROOT / "deploy" / "grafana"
PAGE = (ROOT / "docs" / "operations.md").read_text()
RULES = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())["groups"][0]["rules"]
CASES = yaml.safe_load((PROMETHEUS / "alerts_test.yml").read_text())["tests"]
BOARD = json.loads((GRAFANA / "deckgen.json").read_text())
SAMPLES = {name: labels for each in described() for name, labels in each.samples.items()}
SELECTED = re.compile(r"\b(deckgen_[a-z_]+)(?:\{([^}]*)\})?")
MATCHER = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"')
BY = re.compile(r"\bby \(([^)]*)\)")
# What Prometheus itself puts on each sample.
OF_SCRAPES = {"job", "instance"}


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in RULES)
    yield from (target["expr"] for panel in BOARD["panels"] for target in panel["targets"])


def wrong(expression: str) -> list[str]:
    """What the expression asks for that there is not."""
    faults, labels = [], set(OF_SCRAPES)
    for name, matchers in SELECTED.findall(expression):
        known = SAMPLES.get(name)
        if known is None:
            faults.append(name)
            continue
        labels |= known
        faults += [f"{name}: {label}" for label in MATCHER.findall(matchers) if label not in known]
    by = {label.strip() for group in BY.findall(expression) for label in group.split(",")}
    return faults + sorted(by - labels)


def test_they_ask_for_what_there_is() -> None:
    """Every metric and label of an alert or a panel is one that a process tells."""
    found = list(expressions())
    assert len(found) > 30
    assert {each: wrong(each) for each in found if wrong(each)} == {}


@pytest.mark.parametrize(
    ("expression", "faults"),
    [
        ("max(deckgen_queue_deepness)", ["deckgen_queue_deepness"]),
        ('deckgen_queue_jobs{state="waiting"}', ["deckgen_queue_jobs: state"]),
        ("sum by (user) (deckgen_step_seconds_count)", ["user"]),
    ],
)
def test_what_there_is_not_is_found(expression: str, faults: list[str]) -> None:
    """The control: a name, a label and a grouping that no process has."""
    assert wrong(expression) == faults


def test_each_alert_has_its_paragraph() -> None:
    """Its runbook is a heading of docs/operations.md, and no paragraph is left of one that is gone."""
    headings = re.findall(r"^#### (Deckgen\w+)$", PAGE, re.MULTILINE)
    assert [rule["alert"] for rule in RULES] == headings
    for rule in RULES:
        assert rule["annotations"]["runbook"] == f"docs/operations.md#{rule['alert'].lower()}"


def test_each_alert_has_its_case() -> None:
    """One in which it fires, and the healthy one in which none does."""
    *cases, healthy = CASES
    names = [rule["alert"] for rule in RULES]
    assert [case["name"] for case in cases] == names
    assert [asked["alertname"] for asked in healthy["alert_rule_test"]] == names
    assert not any(asked["exp_alerts"] for asked in healthy["alert_rule_test"])


def test_each_metric_has_its_row() -> None:
    """With its labels, as the processes tell it."""
    rows = re.findall(r"^\| `(deckgen_[a-z_]+)` \|([^|]*)\|", PAGE, re.MULTILINE)
    told = {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}
    assert told == {each.name + _ending(each): set(each.labels) for each in described()}


def _ending(each: Any) -> str:
    return {"counter": "_total", "info": "_info"}.get(each.kind, "")


@needs_promtool
@pytest.mark.parametrize(
    "command", [["check", "rules", "alerts.yml"], ["test", "rules", "alerts_test.yml"]]
)
def test_prometheus_takes_them(command: list[str]) -> None:
    """The rules are valid, and fire where they should and nowhere else."""
    done = subprocess.run(
        [str(PROMTOOL), *command], cwd=PROMETHEUS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
