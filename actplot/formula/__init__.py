"""A small formula language in Python's syntax: one tree, several readings.

``parse`` turns text into a tree, ``to_latex`` prints it, ``evaluate`` reads it over any algebra: floats
(`scalar`), arrays with exact slopes (in `actplot.calculus`), certified balls (in `actplot.accuracy`). Text
is never evaluated as code.
"""

from actplot.formula.evaluate import Algebra, compiled, evaluate
from actplot.formula.latex import to_latex
from actplot.formula.nodes import Node, names_in
from actplot.formula.parse import parse
from actplot.formula.pen import FormulaError
from actplot.formula.scalar import evaluate_float

__all__ = [
    "Algebra",
    "FormulaError",
    "Node",
    "compiled",
    "evaluate",
    "evaluate_float",
    "names_in",
    "parse",
    "to_latex",
]
