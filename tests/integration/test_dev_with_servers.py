"""`python -m deckgen.dev.with_servers`: a command with configured servers, or embedded ones."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from deckgen.dev import locks, servers


def with_servers(folder: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python code by with_servers in `folder`."""
    command = [sys.executable, "-m", "deckgen.dev.with_servers", "--", "python", "-c", code]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True
    )


def test_configured_servers_are_used(tmp_path: Path) -> None:
    """With DATABASE_URL and REDIS_HOST set nothing is started and nothing is changed."""
    code = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_HOST'])"
    done = with_servers(tmp_path, code, DATABASE_URL="postgresql://other/base", REDIS_HOST="other")
    assert (done.stdout, done.returncode) == ("postgresql://other/base other\n", 0)
    assert list(tmp_path.iterdir()) == []


def test_only_missing_servers_are_started(tmp_path: Path, database_url: str) -> None:
    """A configured database is used beside an embedded Valkey."""
    done = with_servers(
        tmp_path, "import os; print(os.environ['REDIS_PORT'])", DATABASE_URL=database_url
    )
    assert int(done.stdout) > 0
    assert [path.name for path in (tmp_path / ".deckgen").iterdir()] == ["valkey"]
    servers.wait_until_stopped(tmp_path / ".deckgen")


def test_a_migration_starts_no_redis(tmp_path: Path, database_url: str) -> None:
    """`deckgen migrate` of a configured database starts nothing: PostgreSQL is all that it needs."""
    done = subprocess.run(
        [Path(sys.executable).with_name("deckgen"), "migrate"],
        cwd=tmp_path,
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "The database is up to date.\n")
    assert list(tmp_path.iterdir()) == []


def test_command_takes_the_place_of_its_starter(tmp_path: Path) -> None:
    """It has the starter's process id, so it gets the signals itself, and the servers live with it."""
    code = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    command = [sys.executable, "-m", "deckgen.dev.with_servers", "--", "python", "-c", code]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert int(process.stdout.readline()) == process.pid
        assert locks.is_held(tmp_path / ".deckgen" / "valkey" / "keeper.lock")
        process.terminate()
        assert process.wait() == -signal.SIGTERM
    servers.wait_until_stopped(tmp_path / ".deckgen")


def test_exit_code_is_the_commands(tmp_path: Path) -> None:
    """What the command says by its exit code reaches the caller."""
    assert with_servers(tmp_path, "raise SystemExit(3)").returncode == 3
    servers.wait_until_stopped(tmp_path / ".deckgen")
