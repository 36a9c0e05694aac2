"""The command line: parse and delegate. No mathematics and no drawing here."""

from actplot.cli.app import run

__all__ = ["run"]
