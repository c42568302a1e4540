"""The first thing that the server of children imports: it prepares the process for all of them.

No secret of the environment is left in it, one thread does the arithmetic (a process with several can't
be forked safely), and whoever stops the service does not stop it before its children are done. Imported
by anybody else, it does nothing.
"""

import gc
import os
import signal

MARK = "DECKGEN_SERVER_OF_CHILDREN"  # in the environment of the one that is meant
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR")
THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

is_server = MARK in os.environ
if is_server:
    gc.disable()  # until all is loaded: nothing of it is garbage
    _kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(_kept | THREADS)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
