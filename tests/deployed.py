"""The processes that the files of deploy/ start, told alike whoever starts them."""

import json
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # uvicorn brings it along, without types
from dotenv import dotenv_values

from deckgen.config.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
MANIFESTS = {
    path.name: [*yaml.safe_load_all(path.read_text())]
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
}
UNITS = DEPLOY / "systemd"
# Secrets of Kubernetes, which no file has, with the settings that are to be in them.
SECRETS = {
    "deckgen": ("REDIS_PASSWORD", "ORCHESTRATOR_TOKEN", "METRICS_TOKEN"),
    "deckgen-database": ("DATABASE_URL", "WEBHOOK_SECRET", "DECK_SIGNING_KEY"),
    "deckgen-model": ("OPENAI_API_KEY",),
}
EXAMPLES = {
    "DATABASE_URL": "postgresql://db/deckgen",
    "WEBHOOK_SECRET": "whsec_" + "A" * 43 + "=",
    "DECK_SIGNING_KEY": "A" * 43 + "=",
}
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)(/\w+)")


@dataclass(frozen=True)
class Process:
    """One of them: `part` is api, orchestrator, worker or migrate; secrets have empty values."""

    where: str
    part: str
    command: list[str]
    environment: dict[str, str]
    stop_seconds: float | None
    probes: list[tuple[int, str]]

    def __str__(self) -> str:
        return f"{self.where}-{self.part}"


def processes() -> list[Process]:
    return [*_of_compose(), *_of_kubernetes(), *_of_systemd()]


def documents(kind: str) -> list[dict[str, Any]]:
    """Those of Kubernetes of one kind."""
    return [each for found in MANIFESTS.values() for each in found if each["kind"] == kind]


def of_image() -> dict[str, str]:
    """What the Containerfile sets for every process."""
    (line,) = re.findall(r"^ENV ((?:.*\\\n)*.*)$", CONTAINERFILE, re.MULTILINE)
    pairs = (each.split("=", 1) for each in line.replace("\\\n", " ").split())
    return {name: value for name, value in pairs if name != "PATH" and not name.startswith("PYTHON")}


def instruction(name: str) -> list[str]:
    """The one of the Containerfile in its exec form; ValueError if it has another."""
    (line,) = re.findall(rf"^{name} (?:--\S+ )*(?:CMD )?(.+)$", CONTAINERFILE, re.MULTILINE)
    words: list[str] = json.loads(line)
    return words


def probed(test: list[str]) -> list[tuple[int, str]]:
    """The ports and paths that a command asks."""
    return [(int(port), path) for port, path in _ADDRESS.findall(" ".join(test))]


def settings_of(process: Process, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """As the process would read them; secrets are made up."""
    for name in [*os.environ]:
        if name.removeprefix("DECKGEN_").lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    for name, value in process.environment.items():
        monkeypatch.setenv(name, value or EXAMPLES.get(name, "x" * 64 if "TOKEN" in name else ""))
    return load_settings()


def _of_compose() -> Iterator[Process]:
    for name, service in COMPOSE["services"].items():
        if not service["image"].startswith("registry.example/deckgen:"):
            continue
        health = service.get("healthcheck", {"test": instruction("HEALTHCHECK")})
        environment = {
            key: re.sub(r"\$\{[^}]*\}", "", value) for key, value in service["environment"].items()
        }
        seconds = float(service["stop_grace_period"].removesuffix("s"))
        probes = [] if health.get("disable") else probed(health["test"])
        yield Process("compose", name, service["command"], of_image() | environment, seconds, probes)


def _of_kubernetes() -> Iterator[Process]:
    for document in [*documents("Deployment"), *documents("Job")]:
        pod = document["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        ports = {each["name"]: each["containerPort"] for each in container.get("ports", ())}
        asked = [each["httpGet"] for name, each in container.items() if name.endswith("Probe")]
        waits = container.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", "00")
        grace = pod.get("terminationGracePeriodSeconds")
        yield Process(
            "kubernetes",
            container["name"],
            container["args"],
            of_image() | _told(container),
            grace - float(waits[1]) if grace else None,
            [(ports[each["port"]], each["path"]) for each in asked],
        )


def _told(container: dict[str, Any]) -> dict[str, str]:
    """What a container is told by ConfigMaps, Secrets and itself."""
    maps = {each["metadata"]["name"]: each["data"] for each in documents("ConfigMap")}
    told: dict[str, str] = {}
    for source in container["envFrom"]:
        if "configMapRef" in source:
            told |= maps[source["configMapRef"]["name"]]
        else:
            told |= dict.fromkeys(SECRETS[source["secretRef"]["name"]], "")
    return told | {each["name"]: each["value"] for each in container.get("env", ())}


def _of_systemd() -> Iterator[Process]:
    common = _unit(UNITS / "deckgen-.service.d" / "common.conf")
    for path in sorted(UNITS.glob("*.service")):
        unit = _unit(path)
        environment: dict[str, str] = {}
        for file in [*common["EnvironmentFile"], *unit.get("EnvironmentFile", ())]:
            values = dotenv_values(UNITS / Path(file).name)
            environment |= {name: value or "" for name, value in values.items()}
        for line in unit.get("Environment", ()):
            environment |= dict(each.split("=", 1) for each in line.split())
        (command,) = unit["ExecStart"]
        environment = {name: value.replace("%i", "3002") for name, value in environment.items()}
        part = path.stem.removeprefix("deckgen-").removesuffix("@")
        words = shlex.split(command.removeprefix("/opt/deckgen/bin/"))
        seconds = float(unit["TimeoutStopSec"][0]) if "TimeoutStopSec" in unit else None
        yield Process("systemd", part, words, environment, seconds, [])


def _unit(path: Path) -> dict[str, list[str]]:
    """The directives of a unit, each with all that it is set to."""
    directives: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", path.read_text(), re.MULTILINE):
        directives.setdefault(name, []).append(value)
    return directives
