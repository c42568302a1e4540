"""Stands in for a process of the stack: `fake_process.py NAME`, with the same signals and addresses.

FAKE_MODE: `die` ends the orchestrator at once, `deaf` has all ignore SIGTERM.
"""

import http.server
import os
import signal
import sys

PORTS = {"api": "PORT", "orchestrator": "ORCHESTRATOR_PORT"}


class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()


def drain(*_: object) -> None:
    sys.stdout.write(f"{name} drained\n")
    sys.exit(0)


name, mode = sys.argv[1], os.environ.get("FAKE_MODE")
if mode == "die" and name == "orchestrator":
    sys.exit("nothing to do")
signal.signal(signal.SIGTERM, signal.SIG_IGN if mode == "deaf" else drain)
sys.stdout.write(f"{name} started\n")
if name in PORTS:
    http.server.HTTPServer(("127.0.0.1", int(os.environ[PORTS[name]])), Ready).serve_forever()
while True:
    signal.pause()
