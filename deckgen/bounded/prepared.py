"""The first module that the server of children imports: it prepares the process for all of them.

It removes the environment's secrets, limits arithmetic to one thread (a process with several can't be
forked safely), and ignores SIGTERM until its children are done. Imported elsewhere, it does nothing.
"""

import gc
import os
import signal

MARK = "DECKGEN_SERVER_OF_CHILDREN"  # in the environment of the server
KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR")
THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

is_server = MARK in os.environ
if is_server:
    gc.disable()  # until all is loaded: nothing of it is garbage
    _environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    os.environ.clear()
    os.environ.update(_environment | THREADS)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
