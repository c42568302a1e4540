"""The embedded servers and their keepers, with real processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import redis

from deckgen.dev import servers
from deckgen.dev.keeper import SERVERS
from deckgen.dev.postgres import nobody
from deckgen.domain.errors import Unavailable
from tests.dev_servers import (
    CLIENT,
    await_end_of_servers,
    await_restart,
    client_process,
    connect,
    keeper_pid,
    read,
    server_pid,
    starting_postgres,
    write,
)

needs_parent_death_signal = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the next start ends what a killed keeper left"
)


def test_folder_of_a_start_that_a_signal_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal in the moment in which the servers' folder comes to be leaves no folder."""
    make = os.mkdir

    def make_and_be_told_to_end(folder: str, mode: int = 0o777) -> None:
        make(folder, mode)
        if Path(folder).parent == tmp_path:
            raise SystemExit(128 + signal.SIGTERM)  # as the handler does

    monkeypatch.setattr(servers, "in_memory", lambda: tmp_path)
    monkeypatch.setattr(os, "mkdir", make_and_be_told_to_end)
    with pytest.raises(SystemExit), servers.temporary():
        pass
    assert list(tmp_path.iterdir()) == []


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
    with pytest.raises(redis.ConnectionError), connect(environment) as client:
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
def test_another_user_finds_what_is_closed_to_others(tmp_path: Path) -> None:
    """PostgreSQL finds its own programs by access(2), also in a folder closed to others."""
    program = tmp_path / "postgres"
    program.touch(mode=0o755)
    tmp_path.chmod(0o700)
    looks = "import os, sys; sys.exit(not os.access(sys.argv[1], os.X_OK))"
    command = [*nobody()[1], sys.executable, "-c", looks, str(program)]
    assert subprocess.run(command, check=False).returncode == 0


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
