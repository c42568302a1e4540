"""Debian's PgBouncer between a test and its database."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from socket import create_connection
from urllib.parse import urlsplit

import pytest

from deckgen.dev.postgres import nobody
from deckgen.dev.processes import LOOPBACK, ended_with_parent, free_port, tail
from tests.patience import PATIENCE_SECONDS

COMMAND = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
needs_pgbouncer = pytest.mark.skipif(COMMAND is None, reason="needs Debian's pgbouncer")
CONFIGURATION = """
[databases]
{name} = host={host} port={port} user={user} password={password}
[pgbouncer]
listen_addr = {loopback}
listen_port = {own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
ignore_startup_parameters = extra_float_digits,search_path,jit
logfile = {folder}/log
"""


@contextmanager
def pgbouncer(folder: Path, database_url: str) -> Iterator[str]:
    """The URL of the same database by way of a PgBouncer in transaction mode."""
    url, own = urlsplit(database_url), free_port()
    folder.mkdir()
    text = CONFIGURATION.format(
        name=url.path[1:],
        host=url.hostname,
        port=url.port,
        user=url.username,
        password=url.password,
        loopback=LOOPBACK,
        own=own,
        folder=folder,
    )
    (folder / "ini").write_text(text)
    prefix: list[str] = []
    if os.geteuid() == 0:  # it refuses to run as root
        owner, prefix = nobody()
        os.chown(folder, owner, owner)
    command = [*prefix, *ended_with_parent(signal.SIGKILL), str(COMMAND), str(folder / "ini")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(own, process, folder / "log")
        yield url._replace(netloc=f"{url.username}:{url.password}@{LOOPBACK}:{own}").geturl()
    finally:
        process.kill()
        process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, tail(log)
        with suppress(OSError), closing(create_connection((LOOPBACK, port))):
            return
        time.sleep(0.02)
    raise AssertionError("PgBouncer did not start.")
