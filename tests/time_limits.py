"""Time limits of tests."""

#: Seconds after which a test ends a process that hangs. On a busy machine, a second of work may take minutes.
HANG_TIMEOUT = 540
#: Seconds that no test takes, for responses and timeouts that must not end a wait.
NEVER = 3600
