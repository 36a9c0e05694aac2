"""numpy, imported when it is first used, and the types of its arrays.

The catalogue must be readable (names for completion, titles for ``list``) without the 80 ms that numpy
takes to import; only evaluating a function needs it.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

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
