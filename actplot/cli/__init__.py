"""The command line: parse and delegate. No mathematics and no drawing here."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from actplot import __version__
from actplot.console import output

COLLECT_AFTER = 200_000  # new objects; looking for garbage among those that imports leave takes 20 ms of a figure


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Raises
    ------
    ActplotError
        For whatever is wrong with the command line or the world.

    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given == ["--version"] and "_ACTPLOT_COMPLETE" not in os.environ:  # not worth the 50 ms that typer takes
        output.commit([], f"actplot {__version__}\n".encode())
        return 0
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER)
    try:
        from actplot.cli import app
        from actplot.figures.importing import settings_aside

        with settings_aside():
            return app.run(given)
    finally:
        gc.set_threshold(*before)
