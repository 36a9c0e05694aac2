"""How a gallery shows its functions: one record, all of which is in the keys of its files."""

from __future__ import annotations

from dataclasses import dataclass

from actplot.curves.content import Wanted
from actplot.figures.formats.page_setup import PageSetup
from actplot.functions.activation import Activation
from actplot.words.languages import Language

DPI = 110  # sharp enough for a page, and the whole catalogue stays small enough to commit
SHEET = PageSetup(dpi=DPI)
WITH_DERIVATIVE = Wanted(derivative=True)


@dataclass(frozen=True)
class Manner:
    """The styles, the panels, the range (None for each function's own) and the sheet of every figure.

    Of the styles the later ones hold, wherever two say something of the same setting.
    """

    style: tuple[str, ...] = ("light",)
    wanted: Wanted = WITH_DERIVATIVE
    bounds: tuple[float, float] | None = None
    page: PageSetup = SHEET
    language: Language = "en"

    def span(self, activation: Activation) -> tuple[float, float]:
        """Return the range over which a function is shown."""
        return self.bounds or activation.declaration.range

    @property
    def told(self) -> str:
        """What the indexes tell of it: they look the same in whatever style the figures are."""
        return repr((self.wanted, self.bounds, self.language))


USUAL = Manner()
