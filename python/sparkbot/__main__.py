"""`python -m sparkbot` is the command `sparkbot`."""

from sparkbot.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
