"""Any callable as a function of actplot's: sampled with care, and differentiated by its own framework."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from actplot.arithmetic.formats import FORMATS, Format
from actplot.arrays import numpy as np
from actplot.errors import UsageError, WorldError
from actplot.functions.activation import Activation
from actplot.functions.called import Called, called
from actplot.functions.reading import get as read
from actplot.implementations.adapters import Adapter, Function, choose
from actplot.implementations.target import said
from actplot.implementations.trial import Trial, begin
from actplot.implementations.watching import PASSING
from actplot.words.quoting import shorten, showable

if TYPE_CHECKING:
    from actplot.arrays import Array

WIDEST_FIRST = ("float64", "float32")  # the formats that a callable is tried with
PROBE = (-1.5, 0.25, 2.0)  # where it is differentiated to see whether it can be


def get(function: str | Activation | Callable[..., Any], /, **parameters: Any) -> Activation:
    """Return a function ready to call: ``y, dy = get("leaky_relu", alpha=0.2)(x)``.

    Parameters
    ----------
    function
        A name or a formula, in which parameters may stand as well, ``"elu:alpha=0.5"``; or a callable that takes
        arrays of numpy's, torch's, jax's, TensorFlow's or MLX's, or numbers of Python's, or a class of such. A
        callable is sampled: f and f' are what it and its framework's own differentiation give, their accuracy is
        unknown, and f' is NaN where nothing differentiates. The ``framework``, the ``accuracy`` and ``notes`` of what
        is returned tell.
    parameters
        Those of the function, or what a callable is called with, and a class made with.

    Raises
    ------
    UsageError
        For an unknown name or parameter, a bad formula, or a value outside its bounds.
    WorldError
        For a callable that can't be called with arrays, or changes them, or returns other shapes, or other values when
        it is called again. What is returned raises the same where a later call fails.

    """
    if isinstance(function, str):
        return read(function, **parameters)
    if isinstance(function, Activation) and not parameters:
        return function
    if isinstance(function, Activation) or not callable(function):
        told = "parameters go with a name" if isinstance(function, Activation) else f"not {type(function).__name__}"
        raise UsageError(f"a function is named by a text, such as 'gelu', or is a callable, {told}")
    return sampled(function, parameters)


def sampled(function: Function, parameters: dict[str, Any]) -> Called:
    """Return a callable as a function that is sampled; see `get`."""
    name = _name(function)
    try:
        return _sampled(name, _made(name, function, parameters))
    except WorldError as problem:
        raise WorldError(f"{name}: {problem}") from None


def _sampled(name: str, function: Function) -> Called:
    trial = _tried(function)
    framework = trial.adapter.framework
    how = f"{name} is sampled by calling it with {trial.format.name}; its accuracy is unknown"
    slopes_at, why = _differentiated(name, trial)
    values_at = partial(_called, name, trial.values, trial.format)
    return called(name, framework, values_at, slopes_at, (how, why))


def _tried(function: Function) -> Trial:
    """Return a trial in the widest format that a callable takes.

    Raises
    ------
    WorldError
        Where it takes none, with what it says of the widest.

    """
    problems = []
    for format_name in WIDEST_FIRST:
        chosen = FORMATS[format_name]
        try:
            return begin(_Numbers(adapter := choose(function, chosen), adapter.framework), chosen)
        except WorldError as problem:
            problems.append(problem)
    raise problems[0]


def _differentiated(name: str, trial: Trial) -> tuple[Callable[[Array], Array] | None, str]:
    """Return what gives f', or None, and words about it."""
    framework = trial.adapter.framework
    try:
        found = trial.slopes(np.array(PROBE, dtype=trial.format.dtype))
    except WorldError as problem:
        return None, f"f′ of {name} is unknown: {problem}"
    if found is None:
        return None, f"f′ of {name} is unknown: {framework} does not differentiate it"
    return partial(_called, name, trial.slopes, trial.format), f"f′ of {name} is {framework}'s own differentiation"


def _called(name: str, call: Callable[[Any], Any], chosen: Format, x: Array) -> Array:
    """Return what a callable gives at points of shape (n,), as float64."""
    if not len(x):
        return np.empty(0)
    with np.errstate(over="ignore"):
        given = x.astype(chosen.dtype)
    try:
        found = call(given)
    except WorldError as problem:
        raise WorldError(f"{name}: {problem}") from None
    if found is None:
        raise WorldError(f"{name}: it is not differentiated at every point")
    return np.array(found, dtype=np.float64)


@dataclass
class _Numbers:
    """An adapter whose values are real numbers: whole ones, and truths, are made floating-point ones."""

    adapter: Adapter
    framework: str

    def values(self, x: Any) -> Any:
        return self._real(self.adapter.values(x), x)

    def slopes(self, x: Any) -> Any:
        return self._real(self.adapter.slopes(x), x)

    @staticmethod
    def _real(found: Any, x: Any) -> Any:
        found = np.asarray(found)
        if found.dtype.kind not in "biuf":
            raise TypeError(f"it returns {found.dtype.name}, not real numbers")
        return found.astype(x.dtype) if found.dtype.kind in "biu" else found


def _made(name: str, function: Function, parameters: dict[str, Any]) -> Function:
    """Return what is to be called: a class is made, parameters are bound, and a module of torch's is a copy.

    Measuring sets a module to evaluation and to the format; the user's own stays as it is.
    """
    if inspect.isclass(function):
        try:
            return _callable(name, function(**parameters))
        except PASSING:
            raise
        except BaseException as problem:
            raise WorldError(f"it can't be made: {said(problem)}") from None
    if (torch := sys.modules.get("torch")) is not None and isinstance(function, torch.nn.Module):
        try:
            function = deepcopy(function)
        except Exception as problem:
            raise WorldError(f"it can't be copied: {said(problem)}") from None
    return partial(function, **parameters) if parameters else function


def _callable(name: str, made: Any) -> Function:
    if not callable(made):
        raise TypeError(f"a {name} can't be called")
    known: Function = made
    return known


def _name(function: Any) -> str:
    """Return what a callable is called: by its definition, or by the class that it is of."""
    inner = function.func if isinstance(function, partial) else function
    name = getattr(inner, "__name__", None)
    text = name if isinstance(name, str) and name else type(inner).__name__
    return shorten(showable(text.strip("<>")))
