"""Show a figure in a window. The one place that uses pyplot."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from actplot.figures.formats.page_setup import PLAIN_PAGE, PageSetup
from actplot.figures.importing import TOOLKITS, matplotlib_setup, wanted_backend, without_users_styles

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from actplot.figures.appearance.looks import Look
    from actplot.figures.drawing import Drawable


def has_display() -> bool:
    """Say whether there is a screen to open a window on; asks the environment only."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show(drawing: Drawable, look: Look, sheet: PageSetup = PLAIN_PAGE) -> bool:
    """Open a window and wait until it is closed; return False where none can be opened."""
    backend = _backend() if has_display() else None
    if backend is None:
        return False
    # To ask for a display takes nothing that draws.
    from actplot.figures.appearance.looks import applied
    from actplot.figures.dispatch import build_any
    from actplot.figures.parts.blank import blank

    with applied(look):  # which leaves warnings out too
        from matplotlib import pyplot

        try:
            maker = partial(blank, make=_in_a_window)
            build_any(drawing, look, sheet.size, maker, scale=sheet.scale, make=_in_a_window)
        except _NoWindow:
            return False
        pyplot.show(block=True)
    return True


class _NoWindow(Exception):
    """The display does not answer."""


def _in_a_window(figsize: tuple[float, float]) -> Figure:
    """Return an empty figure that has a window; it is seen when all are shown."""
    from matplotlib import pyplot

    try:
        figure = pyplot.figure(figsize=figsize)
    except Exception:  # each toolkit has errors of its own
        raise _NoWindow from None
    if figure.canvas.manager is not None:
        figure.canvas.manager.set_window_title("actplot")
    return figure


def _backend() -> str | None:
    """Switch pyplot to the first toolkit that is installed and can reach the display."""
    from importlib.util import find_spec

    matplotlib_setup()
    wanted = wanted_backend()
    candidates = [wanted] if wanted else []
    candidates += [backend for module, backend in TOOLKITS if find_spec(module)]
    if not candidates:
        return None
    os.environ["MPLBACKEND"] = "agg"  # importing pyplot must not choose for us, nor fail
    with without_users_styles():
        from matplotlib import pyplot

    for backend in candidates:
        try:
            pyplot.switch_backend(backend)
        except Exception:
            continue
        return backend
    return None
