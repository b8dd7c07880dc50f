"""The error of inputs and output files that can't be used."""

from sparkbot.errors import SparkBotError


class InputError(SparkBotError):
    """The input can't be read, its columns can't be used, or a file can't be written. Nothing was sent."""
