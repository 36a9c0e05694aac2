"""What one command line asks for, and what can't be asked for together."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot import figures
from actplot.arrays import numpy as np
from actplot.curves.content import Wanted
from actplot.curves.grid import Spaced
from actplot.errors import UsageError
from actplot.figures.drawing import PLAIN_FRAME, Detail, Frame
from actplot.figures.formats.page_setup import PLAIN_PAGE, PageSetup
from actplot.figures.parts.grid import FigureLayout, check_layout
from actplot.functions.at_kink import find_rule
from actplot.plotting.formats import Output
from actplot.tables.rows import Layout

if TYPE_CHECKING:
    from actplot.arithmetic.formats import Format
    from actplot.arrays import Array


FEW = 20  # points, whose values a terminal shows side by side


@dataclass(frozen=True)
class Points:
    """Which x: a range and a number of samples, or points named one by one; the rule at kinks; the number format."""

    bounds: tuple[float, float] | None = None
    samples: int | None = None
    at: Array | Spaced | None = None
    at_kink: str = "undefined"
    format: Format | None = None


@dataclass(frozen=True)
class Appearance:
    """How a figure looks, and what its curves are called; of several styles the later ones hold."""

    style: tuple[str, ...] = ("light",)
    page: PageSetup = PLAIN_PAGE
    title: str | None = None
    detail: Detail = "calm"
    equal: bool = False
    frame: Frame = PLAIN_FRAME
    tangents: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    layout: FigureLayout = "stacked"


@dataclass(frozen=True)
class Request:
    """What one command line asks for."""

    specs: tuple[str, ...]
    content: Wanted
    points: Points
    outputs: tuple[Output, ...]
    table: bool
    terminal: bool
    image: bool
    appearance: Appearance
    digits: int | None = None
    jacobian: tuple[float, ...] | None = None

    @property
    def given(self) -> frozenset[str]:
        """The options of content, points and look that say something else than without them."""
        content, points, look = self.content, self.points, self.appearance
        frame, page = look.frame, look.page
        own = {"size", "dpi", "scale"} - page.standing
        told = {
            "--second": content.second,
            "--difference": content.difference,
            "--at": points.at is not None,
            "--range": points.bounds is not None,
            "--samples": points.samples is not None,
            "--dtype": points.format is not None,
            "--tangent": bool(look.tangents),
            "--label": bool(look.labels),
            "--xlabel": frame.xlabel is not None,
            "--ylabel": frame.ylabel is not None,
            "--ylim": frame.ylim is not None,
            "--layout": look.layout != Appearance().layout,
            "--equal": look.equal,
            "--plain": look.detail == "plain",
            "--annotate": look.detail == "full",
            "--size": "size" in own and page.size is not None,
            "--dpi": "dpi" in own and page.dpi is not None,
            "--scale": "scale" in own and page.scale != PLAIN_PAGE.scale,
            "--responsive": page.responsive,
            "--text": page.text,
            "--transparent": page.transparent,
        }
        return frozenset(option for option, is_given in told.items() if is_given)

    @property
    def layout(self) -> Layout:
        """What tables hold, and how."""
        return Layout(self.content, self.appearance.title, self.digits)

    @property
    def has_tables(self) -> bool:
        """Whether a table is asked for."""
        return self.table or any(output.format not in figures.FORMATS for output in self.outputs)

    @property
    def figure_formats(self) -> tuple[str, ...]:
        """The formats of figures among the outputs, each once."""
        return tuple(dict.fromkeys(o.format for o in self.outputs if o.format in figures.FORMATS))

    @property
    def asks_values(self) -> bool:
        """Whether a few points are named, and nothing to show them with: in a terminal, their values are shown."""
        named = self.points.at
        if named is None or len(named) > FEW or self.outputs or self.on_screen:
            return False
        return bool(np.isfinite(named[:]).any())

    @property
    def on_screen(self) -> bool:
        """Whether something is asked for in the terminal by name."""
        return self.table or self.terminal or self.image


def check(request: Request, functions: int) -> None:
    """Refuse what can't be done together.

    Parameters
    ----------
    request
        What is asked for.
    functions
        How many functions it names.

    Raises
    ------
    UsageError
        With what to leave out or to add.

    """
    content = request.content
    if content.difference and functions < 2:
        raise UsageError("--difference needs two functions or more; name another")
    if request.appearance.equal and (content.derivative or content.second or content.difference):
        raise UsageError("--equal is for a single panel; leave out -d, --second and --difference")
    if request.points.format and (content.second or content.difference or request.appearance.tangents):
        raise UsageError("--dtype shows f and f′; leave out --second, --difference and --tangent")
    check_layout(request.appearance.layout, content)
    find_rule(request.points.at_kink)  # a wrong one is told even where no kink is met
    _check_stdout(request)


def _check_stdout(request: Request) -> None:
    to_stdout = [output.format for output in request.outputs if output.path is None]
    if to_stdout and request.on_screen:
        raise UsageError(
            "--table, --terminal and --image print on standard output too; write the other output to a file"
        )
    if to_stdout and to_stdout[0] in ("png", "pdf") and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(f"a {to_stdout[0]} is not for the terminal; use -o FILE, or redirect it")
