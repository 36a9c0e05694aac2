"""Show a figure in a window. The one place that uses pyplot."""

from __future__ import annotations

import os
import sys
import warnings

from actplot.figures.appearance.looks import Look, applied
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from actplot.figures.importing import TOOLKITS, matplotlib_setup, wanted_backend


def has_display() -> bool:
    """Say whether there is a screen to open a window on; asks the environment only."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show(drawing: Drawing, look: Look, size: tuple[float, float] | None = None) -> bool:
    """Open a window and wait until it is closed; return False where none can be opened."""
    backend = _backend() if has_display() else None
    if backend is None:
        return False
    with applied(look):
        figure = build(drawing, look, size)
        from matplotlib import pyplot

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                # pyplot makes its figure by calling what it is given; it is given ours, ready made.
                shown = pyplot.figure(FigureClass=lambda *_, **__: figure)  # type: ignore[arg-type]
            except Exception:  # each toolkit has errors of its own for a display that does not answer
                return False
            if shown.canvas.manager is not None:
                shown.canvas.manager.set_window_title("actplot")
            pyplot.show(block=True)
    return True


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
    from matplotlib import pyplot

    for backend in candidates:
        try:
            pyplot.switch_backend(backend)
        except Exception:
            continue
        return backend
    return None
