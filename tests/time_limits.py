"""Time limits of tests."""

#: Seconds after which a test ends a process that hangs. On a busy machine, a second of work may take minutes.
HANG_TIMEOUT = 540
