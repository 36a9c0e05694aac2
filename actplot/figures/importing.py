"""Importing matplotlib for a run of the command line: quickly, and whatever the user has set for other programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from actplot.console.warned import ALONE

# One toolkit after another, the first that works; each is (module to find, matplotlib's backend).
TOOLKITS = (
    ("tkinter", "TkAgg"),
    ("PySide6", "QtAgg"),
    ("PyQt6", "QtAgg"),
    ("gi", "GTK4Agg"),
    ("wx", "WXAgg"),
)
_LOGGERS = ("matplotlib", "fontTools")  # the latter writes fonts into a PDF


@contextmanager
def matplotlib_alone() -> Iterator[None]:
    """Let no other thread use matplotlib inside the block, and have its loggers be silent there.

    Its settings, its parser of formulas and the filters of warnings are one for all threads, and each thread that
    changes them puts back what it found: two at once would leave a mixture behind.
    """
    with ALONE:
        import logging

        before = {logging.getLogger(name): logging.getLogger(name).level for name in _LOGGERS}
        matplotlib_setup()
        try:
            yield
        finally:
            for logger, level in before.items():
                logger.setLevel(level)


def matplotlib_setup() -> None:
    """Keep matplotlib's own log lines (an unwritable cache folder, say) off the terminal, to the end of the run.

    Where no settings are wanted it is imported in a folder that has none: it reads those of the current one first.
    """
    import logging

    is_unwanted = os.environ.get("MATPLOTLIBRC") == os.devnull and os.path.lexists("matplotlibrc")
    if is_unwanted and "matplotlib" not in sys.modules:
        with _in_a_folder_without_settings():
            import matplotlib  # noqa: F401
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _in_a_folder_without_settings() -> Iterator[None]:
    before = os.getcwd()
    os.chdir(os.path.dirname(__file__))
    try:
        yield
    finally:
        os.chdir(before)


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


@contextmanager
def without_users_styles() -> Iterator[None]:
    """Keep the user's style sheets from matplotlib, which reads all of them when its styles are imported.

    It fails at one that is no text and waits for one that is a pipe, and no figure depends on those it does not name.
    """
    import matplotlib

    where = matplotlib.get_configdir
    matplotlib.get_configdir = lambda: os.devnull
    try:
        yield
    finally:
        matplotlib.get_configdir = where


def import_matplotlib() -> None:
    """Import what figures need, faster than the plain statement."""
    from actplot.figures.private import without_property_tables

    matplotlib_setup()
    with without_property_tables():
        import matplotlib.figure  # noqa: F401
