"""tools/setup_venv.py, with wheels made here: who installs, from where, and what is said."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.samples import sampled
from tools import pip_settings

TOOL = Path(__file__).parents[2] / "tools" / "setup_venv.py"
UV = Path(sys.executable).parent / "uv"
# What a package of the name `uv` brings: it notes that it was asked, and installs nothing.
NOTING_UV = """#!/bin/sh
echo "$@" >> {note}
echo --require-hashes --default-index --index-strategy --no-build-isolation
"""
OLD_UV = """#!/bin/sh
test "$3" = --help && echo --require-hashes
"""
BROKEN_UV = """#!/bin/sh
test "$3" = --help || exit 2
echo --require-hashes --default-index --index-strategy --no-build-isolation
"""


def wheel(folder: Path, name: str, script: str = "") -> str:
    """A wheel of a module, perhaps with a script of the same name; the line that a lock has for it."""
    made = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    parts = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    if script:
        parts[f"{name}-1.0.data/scripts/{name}"] = script
    with zipfile.ZipFile(made, "w") as archive:
        for path, content in parts.items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = 0o100755 << 16  # a script has to be one that can be run
            archive.writestr(entry, content)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(made.read_bytes()).hexdigest()}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout with a lock file of one package, which only a folder of pip's settings has."""
    (tmp_path / "wheels").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "one.lock").write_text(wheel(tmp_path / "wheels", "deckgen_first_minutes"))
    (tmp_path / "pip.conf").write_text(
        f"[global]\nno-index = true\nfind-links = {tmp_path / 'wheels'}\n"
    )
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    """Without any uv but what is in folder/bin, and with the settings of pip that are in the folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    path = [str(folder / "bin"), "/usr/bin", "/bin"]
    own = {"PIP_CONFIG_FILE": str(folder / "pip.conf"), "UV_CACHE_DIR": str(folder / "cache")}
    return {**kept, "PATH": os.pathsep.join(path), **own}


def set_up(folder: Path) -> subprocess.CompletedProcess[str]:
    python = Path(sys.base_prefix) / "bin" / "python3"
    command = [str(python), str(TOOL), "one.lock", "venv"]
    return subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False
    )


def is_installed(folder: Path) -> bool:
    python = folder / "venv" / "bin" / "python"
    return subprocess.call([str(python), "-c", "import deckgen_first_minutes"]) == 0


def put_uv(folder: Path, script: str) -> None:
    """What the PATH has under this name."""
    (folder / "bin" / "uv").write_text(script)
    (folder / "bin" / "uv").chmod(0o755)


def test_uv_installs_from_where_pip_would(folder: Path) -> None:
    """Settings of pip's own file reach uv, how many packages there are is said, and once is enough."""
    shutil.copy(UV, folder / "bin" / "uv")
    done = set_up(folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("Installing 1 packages, as one.lock has them, into venv ...\n")
    assert "pip installs" not in done.stderr
    assert is_installed(folder)
    assert set_up(folder).stderr == ""


def test_a_hash_that_does_not_fit_is_refused(folder: Path) -> None:
    """By uv and by pip, in a sentence; nothing of it is installed."""
    shutil.copy(UV, folder / "bin" / "uv")
    (folder / "one.lock").write_text(f"deckgen_first_minutes==1.0 --hash=sha256:{'0' * 64}\n")
    done = set_up(folder)
    assert done.returncode == 1
    assert done.stderr.endswith("what it said is above. It can be repeated.\n")
    assert not is_installed(folder)


@pytest.mark.contract
@pytest.mark.parametrize("script", sampled([OLD_UV, BROKEN_UV], BROKEN_UV))
def test_pip_installs_where_uv_can_not(folder: Path, script: str) -> None:
    """A uv that knows too little is not asked, and one that fails for a reason of its own is no end."""
    put_uv(folder, script)
    done = set_up(folder)
    assert done.returncode == 0, done.stderr
    assert "pip installs them" in done.stderr
    assert is_installed(folder)


def test_pip_gets_the_locked_uv(folder: Path) -> None:
    """Where there is no uv, that of requirements-uv.lock is got with its hash, and asked."""
    note = folder / "asked"
    line = wheel(folder / "wheels", "uv", NOTING_UV.format(note=note))
    (folder / "requirements-uv.lock").write_text(line)
    done = set_up(folder)
    assert done.returncode == 0, done.stderr
    assert "--require-hashes --requirement one.lock" in note.read_text()


def test_settings_of_pip_in_the_words_of_uv() -> None:
    """Indexes, hosts, certificates and times of the environment; what uv has of its own stays."""
    given = {
        "PIP_INDEX_URL": "https://mirror.test/simple",
        "PIP_EXTRA_INDEX_URL": "https://one.test/simple\nhttps://two.test/simple",
        "PIP_FIND_LINKS": "/wheels /more",
        "PIP_TRUSTED_HOST": "mirror.test",
        "PIP_CERT": "/certificates.pem",
        "PIP_DEFAULT_TIMEOUT": "60",
        "UV_HTTP_TIMEOUT": "5",
    }
    options, told = pip_settings.for_uv(None, given)  # type: ignore[no-untyped-call] # as old Pythons
    assert options == []
    assert {name: told[name] for name in told.keys() - given.keys()} == {
        "UV_DEFAULT_INDEX": "https://mirror.test/simple",
        "UV_INDEX": "https://one.test/simple https://two.test/simple",
        "UV_FIND_LINKS": "/wheels,/more",
        "UV_INSECURE_HOST": "mirror.test",
        "SSL_CERT_FILE": "/certificates.pem",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    assert told["UV_HTTP_TIMEOUT"] == "5"
