"""What deploy/ starts is deckgen: commands, settings, ports, probes and times are those of the code."""

import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from deckgen.config.settings import Settings
from deckgen.http import server
from deckgen.worker import lifecycle
from tests.deployed import (
    COMPOSE,
    CONTAINERFILE,
    DEPLOY,
    MANIFESTS,
    ROOT,
    UNITS,
    Process,
    instruction,
    of_image,
    processes,
    settings_of,
)

MODULES = {"api": "deckgen.api", "orchestrator": "deckgen.orchestrator"}
PORTS = {"api": "port", "orchestrator": "orchestrator_port", "worker": "worker_port"}
UNIT_FILES = sorted(UNITS.glob("*.service"))
ANALYZE = shutil.which("systemd-analyze")
PROCESSES = pytest.mark.parametrize("process", processes(), ids=str)
SERVED = pytest.mark.parametrize(
    "process", [each for each in processes() if each.part != "migrate"], ids=str
)


def test_everybody_starts_the_same() -> None:
    """Compose, Kubernetes and systemd have all four processes."""
    found = {(each.where, each.part) for each in processes()}
    parts = ("api", "migrate", "orchestrator", "worker")
    assert found == {(w, p) for w in ("compose", "kubernetes", "systemd") for p in parts}


@PROCESSES
def test_settings_are_settings(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each name is one of docs/settings.md, and each value can be used."""
    assert process.environment
    assert [name for name in process.environment if name.lower() not in Settings.model_fields] == []
    settings_of(process, monkeypatch)


def test_the_settings_of_the_image(monkeypatch: pytest.MonkeyPatch) -> None:
    """They can be used, and start no worker in an API."""
    image = Process("image", "api", [], of_image(), None, [])
    settings = settings_of(image, monkeypatch)
    assert (settings.host, settings.auto_start_worker) == ("0.0.0.0", False)
    assert image.environment.keys() <= {name.upper() for name in Settings.model_fields}


@PROCESSES
def test_commands_are_commands(process: Process) -> None:
    """Each names a module, a class or a command that there is."""
    if process.part == "migrate":
        assert process.command == ["deckgen", "migrate"]
    elif process.part == "worker":
        command, target = process.command
        module, _, name = target.rpartition(".")
        assert command == "arq"
        assert hasattr(importlib.import_module(module), name)
    else:
        assert process.command == ["python", "-m", MODULES[process.part]]


@SERVED
def test_probes_ask_what_answers(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the port of the process, as its settings say."""
    port = getattr(settings_of(process, monkeypatch), PORTS[process.part])
    assert port
    assert process.probes or process.where == "systemd"
    assert {each for each, _ in process.probes} <= {port}
    assert {path for _, path in process.probes} <= {"/healthz", "/readyz"}


@SERVED
def test_there_is_time_to_stop(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is killed before it would have ended by itself: with DRAIN_SECONDS, in any case."""
    settings = settings_of(process, monkeypatch)
    longest = max(server.longest_stop(settings), lifecycle.longest_stop(settings))
    assert settings.drain_seconds < longest < (process.stop_seconds or 0)


@PROCESSES
def test_the_orchestrator_is_not_told_of_the_database(process: Process) -> None:
    """It reads tables of strangers; nor are those told of the model's key that do not call it."""
    secrets = {"DATABASE_URL", "WEBHOOK_SECRET", "DECK_SIGNING_KEY"}
    if process.part == "orchestrator":
        assert process.environment.keys().isdisjoint(secrets)
    else:
        assert "DATABASE_URL" in process.environment
        assert "OPENAI_API_KEY" not in process.environment


@SERVED
def test_workers_find_the_orchestrator(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name and the port under which it is served."""
    names = {"compose": "orchestrator", "kubernetes": "deckgen-orchestrator", "systemd": "127.0.0.1"}
    url = settings_of(process, monkeypatch).orchestrator_url
    assert str(url) == f"http://{names[process.where]}:3001/"


def test_images_are_named_with_their_versions() -> None:
    """deckgen's of this release, from a registry that is the reader's own; others by short names."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    texts = [
        path.read_text()
        for path in DEPLOY.rglob("*")
        if path.suffix in (".yaml", "") and path.is_file()
    ]
    images = {each for text in texts for each in re.findall(r"(?:image: |FROM |--tag )(\S+)", text)}
    ours = {each for each in images if "deckgen" in each}
    assert ours == {f"registry.example/deckgen:{version}"}
    for image in images - ours:
        assert re.fullmatch(r"[a-z]+(/[a-z]+)?:[\w.-]+", image)
    (kustomization,) = MANIFESTS["kustomization.yaml"]
    assert kustomization["images"][0]["newTag"] == version


def test_the_image_is_built_of_locked_packages() -> None:
    """With hashes; of files that there are and that are not left out; and it runs without rights."""
    assert "--require-hashes --requirement requirements.lock" in CONTAINERFILE
    given = set((ROOT / ".dockerignore").read_text().splitlines())
    for line in re.findall(r"^COPY ((?!--).+)$", CONTAINERFILE, re.MULTILINE):
        *sources, _ = line.split()
        assert all((ROOT / source).exists() and f"!{source}" in given for source in sources)
    (user,) = re.findall(r"^USER (\d+):\d+$", CONTAINERFILE, re.MULTILINE)
    assert int(user) > 0
    assert instruction("ENTRYPOINT") == ["tini", "--"]
    assert instruction("CMD") == next(
        each.command for each in processes() if str(each) == "compose-api"
    )


def test_what_waits_in_compose_waits_for_a_service() -> None:
    """Whose state it can have: healthy with a check, completed where it ends by itself."""
    services = COMPOSE["services"]
    for service in services.values():
        for name, wanted in service.get("depends_on", {}).items():
            if wanted["condition"] == "service_healthy":
                assert "test" in services[name]["healthcheck"]
            else:
                assert (name, wanted["condition"]) == ("migrate", "service_completed_successfully")


@pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("unit", UNIT_FILES, ids=lambda path: path.name)
def test_systemd_takes_them(unit: Path, tmp_path: Path) -> None:
    """No directive is unknown or wrong; the commands are looked for where they are here."""
    shutil.copytree(UNITS, tmp_path, dirs_exist_ok=True)
    name = unit.name.replace("@", "@3002")
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text().replace("/opt/deckgen/bin/", f"{Path(sys.executable).parent}/"))
    copy.rename(tmp_path / name)
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", "--recursive-errors=one", str(tmp_path / name)],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
