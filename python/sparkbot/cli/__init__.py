"""The command `sparkbot`; it needs the extra `cli`."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit code: the one place where errors become a line of text."""
    try:
        import click
        import rich  # noqa: F401
    except ImportError as error:
        if error.name not in ("click", "rich"):
            raise
        print("The command needs two more packages: pip install 'sparkbot[cli]'", file=sys.stderr)
        return 1
    from sparkbot.cli.commands import sparkbot
    from sparkbot.errors import InvalidArgumentError, SparkBotError

    try:
        # rich asks for NO_COLOR itself; click, which then takes colours off anywhere, does not.
        color = False if os.environ.get("NO_COLOR") else None
        code = sparkbot.main(arguments, prog_name="sparkbot", standalone_mode=False, color=color)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone, as in `sparkbot operations | head`; Python must not complain about it at exit.
        sys.stdout = None
        return 1
    except InvalidArgumentError as error:
        # A number that the account does not have is no mistake in the command's form.
        return _said(error, 1 if error.operation == "devices.find" else 2)
    except (SparkBotError, OSError) as error:
        return _said(error, 1)


def _said(error: Exception, code: int) -> int:
    print(f"sparkbot: {error}", file=sys.stderr)
    return code
