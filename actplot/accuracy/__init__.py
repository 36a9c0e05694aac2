"""Measure how far float64 results are from the truth, with proof.

``points`` chooses where to look, ``compare`` looks: it sets an activation's pair against the certified values
of its formulas and says how many units in the last place it is off, and where.
"""

from actplot.accuracy.compare import Accuracy, Worst, compare
from actplot.accuracy.points import points

__all__ = ["Accuracy", "Worst", "compare", "points"]
