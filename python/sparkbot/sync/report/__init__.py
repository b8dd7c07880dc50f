"""The report of a run, and the files and displays made from it."""
