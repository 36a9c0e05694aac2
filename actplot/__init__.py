"""Show any neural-network activation function and its derivative, exactly.

>>> import actplot
>>> act = actplot.get("leaky_relu", alpha=0.2)
>>> y, dy = act([-1.0, 2.0])
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from actplot.errors import ActplotError as ActplotError
    from actplot.functions.activation import Activation as Activation
    from actplot.functions.own import define as define
    from actplot.functions.registry import names as names
    from actplot.implementations.callables import get as get
    from actplot.plotting.notebook import figure as figure

__version__ = "0.1.0"
__all__ = ["Activation", "ActplotError", "__version__", "define", "figure", "get", "names"]

_HOME = {
    "Activation": "actplot.functions.activation",
    "ActplotError": "actplot.errors",
    "define": "actplot.functions.own",
    "figure": "actplot.plotting.notebook",
    "get": "actplot.implementations.callables",
    "names": "actplot.functions.registry",
}


def __getattr__(name: str) -> Any:
    # Names are imported when first used, so that the command line pays only for what it runs.
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'actplot' has no attribute '{name}'")


def __dir__() -> list[str]:
    return __all__
