"""The embedded servers and their keepers, with real processes."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest
import redis

from deckgen.dev import locks, servers
from deckgen.dev.keeper import SERVERS, read_record
from deckgen.domain.errors import Unavailable

CLIENT = """
import sys
from pathlib import Path
from deckgen.dev import servers
with servers.running(Path(sys.argv[1]), fast=True):
    print("ready", flush=True)
    sys.stdin.read()
"""
needs_parent_death_signal = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the next start ends what a killed keeper left"
)


@contextmanager
def client_process(data_dir: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that uses the servers until its stdin is closed or it is killed."""
    command = [sys.executable, "-c", CLIENT, str(data_dir)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        yield process


def write(environment: dict[str, str], value: int) -> None:
    """Leave `value` in both servers."""

    async def insert() -> None:
        connection = await asyncpg.connect(environment["DATABASE_URL"])
        await connection.execute("CREATE TABLE IF NOT EXISTS kept (value int)")
        await connection.execute("INSERT INTO kept VALUES ($1)", value)
        await connection.close()

    asyncio.run(insert())
    with _redis(environment) as client:
        client.set("kept", value)


def read(environment: dict[str, str]) -> tuple[int, int]:
    """What `write` left in PostgreSQL and in Valkey."""

    async def select() -> int:
        connection = await asyncpg.connect(environment["DATABASE_URL"])
        value: int = await connection.fetchval("SELECT max(value) FROM kept")
        await connection.close()
        return value

    with _redis(environment) as client:
        return asyncio.run(select()), int(client.get("kept"))


def _redis(environment: dict[str, str]) -> redis.Redis:
    port, password = int(environment["REDIS_PORT"]), environment["REDIS_PASSWORD"]
    return redis.Redis(environment["REDIS_HOST"], port, password=password)


def server_pid(data_dir: Path, name: str) -> int:
    record = read_record(data_dir / name)
    assert record
    return record.pid


def keeper_pid(data_dir: Path, name: str) -> int:
    status = Path(f"/proc/{server_pid(data_dir, name)}/status").read_text()
    return int(status.split("PPid:")[1].split()[0])


def await_end_of_servers(data_dir: Path) -> None:
    """Until no process of a server is left: each of them holds this lock."""
    for name in SERVERS:
        with locks.exclusive(data_dir / name / "server.lock"):
            pass


def await_restart(data_dir: Path, name: str, former: int) -> None:
    """Until the keeper has written down that another process is ready."""
    deadline = time.monotonic() + 30
    while server_pid(data_dir, name) in (former, 0):
        assert time.monotonic() < deadline, "the server was not started again"
        time.sleep(0.01)


def test_clients_share_one_server(tmp_path: Path) -> None:
    """Whoever uses the same folder at the same time uses the same servers."""
    with client_process(tmp_path), servers.running(tmp_path, fast=True) as environment:
        before = [server_pid(tmp_path, name) for name in SERVERS]
        with servers.running(tmp_path, fast=True) as same:
            assert same == environment
            assert [server_pid(tmp_path, name) for name in SERVERS] == before
    servers.wait_until_stopped(tmp_path)


def test_clients_that_start_at_once_share_one_server(tmp_path: Path) -> None:
    """Of several who find no keeper, one starts it and the others wait for it."""
    command = [sys.executable, "-c", CLIENT, str(tmp_path)]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe) for _ in range(3)]
    assert [process.communicate()[0] for process in processes] == [b"ready\n"] * 3
    servers.wait_until_stopped(tmp_path)


def test_servers_stop_with_the_last_client(tmp_path: Path) -> None:
    """They outlive the client that started them as long as there is another one, and no longer."""
    with client_process(tmp_path) as other:
        with servers.running(tmp_path, fast=True) as environment:
            write(environment, 1)
        assert read(environment) == (1, 1)
        other.stdin.close()  # type: ignore[union-attr]
    servers.wait_until_stopped(tmp_path)
    with pytest.raises(redis.ConnectionError), _redis(environment) as client:
        client.ping()


def test_servers_stop_after_a_killed_client(tmp_path: Path) -> None:
    """A client that can't say goodbye keeps nothing running."""
    with client_process(tmp_path) as client:
        client.kill()
    servers.wait_until_stopped(tmp_path)
    await_end_of_servers(tmp_path)


def test_data_and_address_are_kept(tmp_path: Path) -> None:
    """The next run finds the same data at the same address."""
    with servers.running(tmp_path) as environment:
        write(environment, 2)
    with servers.running(tmp_path) as again:
        assert again == environment
        assert read(again) == (2, 2)
    servers.wait_until_stopped(tmp_path)


@needs_parent_death_signal
def test_killed_keeper_leaves_no_server_and_loses_no_data(tmp_path: Path) -> None:
    """kill -9 of a keeper ends its server; the next client starts it again with all data."""
    with servers.running(tmp_path) as environment:
        write(environment, 3)
        for name in SERVERS:
            os.kill(keeper_pid(tmp_path, name), signal.SIGKILL)
        await_end_of_servers(tmp_path)
        with servers.running(tmp_path) as again:
            assert read(again) == (3, 3)
    servers.wait_until_stopped(tmp_path)


@needs_parent_death_signal
@pytest.mark.parametrize("name", SERVERS)
def test_killed_server_is_started_again(tmp_path: Path, name: str) -> None:
    """After kill -9 of a server its clients find it again at the same address, with its data."""
    with servers.running(tmp_path) as environment:
        write(environment, 4)
        former = server_pid(tmp_path, name)
        os.kill(former, signal.SIGKILL)
        await_restart(tmp_path, name, former)
        assert read(environment) == (4, 4)
    servers.wait_until_stopped(tmp_path)


def test_server_killed_while_it_starts_comes_back_at_its_address(tmp_path: Path) -> None:
    """A second kill -9, in the middle of the start, costs neither the address nor the data."""
    with servers.running(tmp_path) as environment:
        write(environment, 5)
        former = server_pid(tmp_path, "postgres")
        os.kill(former, signal.SIGKILL)
        os.kill(starting_postgres(tmp_path, former), signal.SIGKILL)
        await_restart(tmp_path, "postgres", former)
        assert read(environment) == (5, 5)
    servers.wait_until_stopped(tmp_path)


def starting_postgres(data_dir: Path, former: int) -> int:
    """The process that takes the place of `former`, as soon as it is there."""
    pid_file = data_dir / "postgres" / "data" / "postmaster.pid"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError, IndexError):
            if (pid := int(pid_file.read_text().splitlines()[0])) != former:
                return pid
    raise AssertionError("nothing was started")


def test_reason_is_said_when_a_server_cannot_start(tmp_path: Path) -> None:
    """Who asks gets the last lines of the server's own log."""
    with servers.using(tmp_path, ["postgres"], fast=True):
        pass
    servers.wait_until_stopped(tmp_path)
    (tmp_path / "postgres" / "data" / "PG_VERSION").write_text("9.6")
    with (
        pytest.raises(Unavailable, match="not compatible with this version"),
        servers.using(tmp_path, ["postgres"]),
    ):
        pass


def test_half_made_data_is_made_anew(tmp_path: Path) -> None:
    """What a start that was killed while it prepared the data left is not taken for data."""
    (tmp_path / "postgres" / "data.new" / "base").mkdir(parents=True)
    with servers.running(tmp_path, fast=True) as environment:
        write(environment, 5)
    servers.wait_until_stopped(tmp_path)


def test_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """A data directory that can't be made is an error in words."""
    (tmp_path / "file").touch()
    with (
        pytest.raises(Unavailable, match=r"Can't keep data in .*file: Not a directory"),
        servers.running(tmp_path / "file"),
    ):
        pass


def test_permissions_of_folders_around_the_data_stay(tmp_path: Path) -> None:
    """No folder above the data is opened to other users, whoever the servers run as."""
    tmp_path.chmod(0o700)
    with servers.running(tmp_path, fast=True):
        pass
    servers.wait_until_stopped(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


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


needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root has to run PostgreSQL as another"
)


@pytest.fixture
def broken_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has a tool of the machine fail."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)

    def break_(name: str) -> None:
        (folder / name).write_text("#!/bin/sh\nexit 1\n")
        (folder / name).chmod(0o755)

    return break_


@needs_root
def test_root_without_user_namespaces(tmp_path: Path, broken_tool: Callable[[str], None]) -> None:
    """Where they are closed, as in most containers, PostgreSQL runs as another user, also in /root."""
    with servers.running(tmp_path, fast=True) as environment:
        write(environment, 6)
    servers.wait_until_stopped(tmp_path)
    tmp_path.chmod(0o700)
    broken_tool("unshare")
    with servers.running(tmp_path, fast=True) as environment:
        assert read(environment) == (6, 6)
        assert (tmp_path / "postgres" / "data").stat().st_uid != 0
    servers.wait_until_stopped(tmp_path)


@needs_root
def test_root_that_cannot_run_postgres_is_asked_for_another(
    tmp_path: Path, broken_tool: Callable[[str], None]
) -> None:
    """One sentence that names the setting."""
    broken_tool("unshare")
    broken_tool("setpriv")
    with (
        pytest.raises(Unavailable, match="set DATABASE_URL to a PostgreSQL server"),
        servers.running(tmp_path),
    ):
        pass
    servers.wait_until_stopped(tmp_path)
