"""Figures: curves to a matplotlib Figure, and that to the bytes of a PNG, SVG or PDF.

Nothing here imports pyplot or changes matplotlib's global settings.
"""

FORMATS = ("png", "svg", "pdf")

__all__ = ["FORMATS"]
