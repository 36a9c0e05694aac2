"""The command line: parse and delegate. No mathematics and no drawing here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from actplot import __version__, output


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Raises
    ------
    ActplotError
        For whatever is wrong with the command line or the world.

    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given == ["--version"] and "_ACTPLOT_COMPLETE" not in os.environ:
        output.commit([], f"actplot {__version__}\n".encode())
        return 0
    from actplot.cli import app

    return app.run(given)
