"""Panels of given lines: what was computed over layers, steps or samples, in place of a function over x."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from actplot.arrays import numpy as np
from actplot.functions.activation import Activation
from actplot.words.languages import say

if TYPE_CHECKING:
    from actplot.arrays import Array

Record: TypeAlias = tuple[str, str, float, float, float, float, float]
COLUMNS = ("panel", "name", "x", "line", "dots", "low", "high")  # of a record


@dataclass(frozen=True, eq=False)
class Series:
    """What one function puts into one panel: a line, dots that were measured, and a band about them.

    Attributes
    ----------
    index
        The place of the function among all; beyond them for a guide, which belongs to none.
    title
        What the line is called.
    x, line, dots, low, high
        Arrays of shape (n,), NaN where there is nothing; the band goes from ``low`` to ``high``.

    """

    index: int
    title: str
    x: Array
    line: Array
    dots: Array
    low: Array
    high: Array

    @classmethod
    def of(
        cls,
        index: int,
        title: str,
        x: Array,
        *,
        line: Array | None = None,
        dots: Array | None = None,
        band: tuple[Array, Array] | None = None,
    ) -> Series:
        """Return a series of what there is."""
        none = np.full(len(x), np.nan)
        low, high = (none, none) if band is None else band
        line, dots = (none if part is None else np.where(np.isfinite(part), part, np.nan) for part in (line, dots))
        return cls(index, title, np.asarray(x, dtype=np.float64), line, dots, low, high)

    @property
    def heights(self) -> Array:
        """All that a picture should reach."""
        return np.concatenate([self.line, self.dots, self.low, self.high])


@dataclass(frozen=True)
class GraphPanel:
    """One panel: its name for programs, the words above it and at its axes, and whether heights are powers of ten."""

    key: str
    title: str
    x_label: str
    y_label: str
    series: Sequence[Series]
    log: bool = False

    @property
    def over(self) -> str:
        """What the x axis is, in words."""
        return say().over_axis.format(axis=self.x_label)

    def height(self, values: Array) -> Array:
        """Return heights as they are drawn: on a logarithmic panel their decimal logarithms, NaN for what has none."""
        if not self.log:
            return np.where(np.isfinite(values), values, np.nan)
        with np.errstate(all="ignore"):
            return np.where((values > 0.0) & np.isfinite(values), np.log10(values), np.nan)

    @property
    def is_counted(self) -> bool:
        """Whether x counts something, so that there is nothing between whole numbers."""
        return all(bool((each.x == np.round(each.x)).all()) for each in self.series)

    @property
    def span(self) -> tuple[float, float]:
        """The ends of the x axis."""
        x = np.concatenate([each.x for each in self.series])
        return float(x.min()), float(x.max())


@dataclass(frozen=True)
class Graph:
    """Panels one under another, the functions in them, and what they show in sentences.

    ``again`` makes it once more, in the language that is spoken then; None where it has one language.
    """

    title: str
    activations: Sequence[Activation]
    panels: Sequence[GraphPanel]
    sentences: Sequence[str] = ()
    again: Callable[[], Graph] | None = None

    @property
    def name(self) -> str:
        """The title."""
        return self.title

    @property
    def titles(self) -> list[str]:
        """What the lines are called, those of the functions first."""
        found = {each.index: each.title for panel in self.panels for each in panel.series}
        return [found[index] for index in sorted(found)]

    @property
    def shares_x(self) -> bool:
        """Whether all panels have one x axis."""
        return len({(panel.x_label, panel.span) for panel in self.panels}) == 1

    @property
    def description(self) -> str:
        """What a figure of it shows, for those who can't see it."""
        shown = "; ".join(f"{panel.title}, {panel.over}" for panel in self.panels)
        return " ".join([f"{self.title}: {shown}.", *self.sentences])

    def records(self) -> Iterator[Record]:
        """Yield a row for each x of each line."""
        for panel in self.panels:
            for each in panel.series:
                columns = (part.tolist() for part in (each.x, each.line, each.dots, each.low, each.high))
                for row in zip(*columns, strict=True):
                    yield (panel.key, each.title, *row)
