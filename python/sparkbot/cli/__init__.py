"""The command `sparkbot`. Needs the extra `cli`."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit code. Errors are printed as one line."""
    from sparkbot.cli.streams import usable_streams

    with usable_streams():
        return _main(arguments)


def _main(arguments: list[str] | None) -> int:
    try:
        import click
        import rich  # noqa: F401
    except ImportError as error:
        if error.name not in ("click", "rich"):
            raise
        print("The command needs click and rich: pip install 'sparkbot[cli]'", file=sys.stderr)
        return 1
    from sparkbot.cli.commands import sparkbot
    from sparkbot.errors import InvalidArgumentError, SparkBotError

    try:
        # rich respects NO_COLOR, click does not.
        color = False if os.environ.get("NO_COLOR") else None
        code = sparkbot.main(arguments, prog_name="sparkbot", standalone_mode=False, color=color)
        # Here, not at exit, where an error would not change the exit code to 1.
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except BrokenPipeError:
        # The reader closed the pipe, as in `sparkbot operations | head`. Prevents a second error when Python flushes at exit.
        sys.stdout = None
        return 1
    except InvalidArgumentError as error:
        # A device that the account does not have is not a usage error.
        code = 1 if error.operation == "devices.find" else 2
        print(f"sparkbot: {error}", file=sys.stderr)
        return code
    except (SparkBotError, OSError) as error:
        print(f"sparkbot: {error}", file=sys.stderr)
        return 1
