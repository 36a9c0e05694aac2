"""numpy, imported when it is first used, and the types of its arrays.

The catalogue must be readable (names for completion, titles for ``list``) without the 80 ms that numpy
takes to import; only evaluating a function needs it.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from actplot.errors import UsageError
from actplot.words.arguments import NO_NUMBERS, number, shown

if TYPE_CHECKING:
    import numpy as numpy
    import numpy.typing as npt

    Array: TypeAlias = npt.NDArray[numpy.float64]
else:

    class _LazyModule(ModuleType):
        def __getattr__(self, name: str) -> Any:
            module = import_module(self.__name__)
            self.__dict__.update(module.__dict__)  # from here on this is an ordinary attribute look-up
            return getattr(module, name)

    numpy = _LazyModule("numpy")


def as_float64(x: object) -> "Array":
    """Return an array of any shape as float64, for which a number has the shape ().

    Raises
    ------
    UsageError
        For what is not numeric: text, dates, complex numbers, None, ragged lists, and what float64 can't hold.

    """
    try:
        found = numpy.asarray(x)
        if found.dtype.kind in NO_NUMBERS:
            raise TypeError
        if found.dtype.kind == "O":
            found = numpy.array([number(part, "x") for part in found.flat]).reshape(found.shape)
        return found.astype(numpy.float64, copy=False)
    except Exception as problem:  # what makes an array of itself may raise anything
        raise UsageError(f"x must be a number or an array of numbers, not {shown(x)}") from problem
