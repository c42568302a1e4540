"""How long a test waits for what happens at once on an idle machine.

Every wait takes its limit from here, so that a limit is only ever reached by a fault and never by a
busy machine. Where a short time is the subject of a test (a lease that runs out, a body that stops in
the middle), it is set by the test, which then awaits what follows and counts no seconds.

A test that is stuck without a limit ends with the stacks of all threads: faulthandler_timeout in
pyproject.toml, which is longer.
"""

PATIENCE_SECONDS = 300.0
