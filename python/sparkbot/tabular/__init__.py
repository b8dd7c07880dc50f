"""Reads rows from files, data frames, Arrow, databases and iterables."""
