"""Importing matplotlib for a run of the command line: quickly, and whatever the user has set for other programs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

# One toolkit after another, the first that works; each is (module to find, matplotlib's backend).
TOOLKITS = (
    ("tkinter", "TkAgg"),
    ("PySide6", "QtAgg"),
    ("PyQt6", "QtAgg"),
    ("gi", "GTK4Agg"),
    ("wx", "WXAgg"),
)
_LOGGERS = ("matplotlib", "fontTools")  # the latter writes fonts into a PDF


def matplotlib_setup() -> None:
    """Keep matplotlib's own log lines (an unwritable cache folder, say) off the terminal."""
    import logging

    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def wanted_backend() -> str | None:
    """Return the backend that MPLBACKEND names, where it is one that opens a window."""
    name = os.environ.get("MPLBACKEND", "")
    return name if name.lower() in {backend.lower() for _, backend in TOOLKITS} else None


@contextmanager
def settings_aside() -> Iterator[None]:
    """Keep from matplotlib, which reads them when it is imported, a stale MPLBACKEND and the user's matplotlibrc.

    It fails at a backend that it does not know and at a file that is no text, and no figure depends on either.
    """
    before = {name: os.environ.get(name) for name in ("MPLBACKEND", "MATPLOTLIBRC")}
    if wanted_backend() is None:
        os.environ.pop("MPLBACKEND", None)
    os.environ["MATPLOTLIBRC"] = os.devnull
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def import_matplotlib() -> None:
    """Import what figures need, faster than the plain statement."""
    from actplot.figures.private import without_property_tables

    matplotlib_setup()
    with without_property_tables():
        import matplotlib.figure  # noqa: F401
