"""The one place that touches private names of Typer: two changes to parameters, each left out where Typer lacks it.

Every command works without them: slower, and with Typer's own words for types in the help.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from functools import cache
from typing import Any

ALLOWED = True  # the tests forbid them, and compare

_READY = (bool, str, list[str], tuple[str, str])  # types whose values come from the command line as they are


def take_as_typed(parameters: Iterable[Any]) -> None:
    """Spare the values a trip through pydantic, which takes 60 ms to import and 1 ms a parameter."""
    if not (ALLOWED and _coerces_values()):
        return
    for parameter in parameters:
        kind = getattr(parameter, "type_descriptor", None)
        if getattr(kind, "annotation", None) in _READY and hasattr(parameter, "get_runtime_param"):
            parameter.get_runtime_param = _AsTyped


class _AsTyped:
    """What stands in for Typer's conversion of a parameter."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value, or all of them where there may be several."""
        several = param.multiple or param.nargs == -1
        return list(value or ()) if several else value


@cache
def _coerces_values() -> bool:
    """Say whether this Typer converts values by the step that is replaced here."""
    try:
        from typer._coercion import RuntimeParam

        return list(inspect.signature(RuntimeParam.coerce).parameters) == ["self", "value", "param", "ctx"]
    except (ImportError, AttributeError, ValueError):
        return False


def show_as_written(parameters: Iterable[Any]) -> None:
    """Show in the help what a parameter is called here, without Typer's words for its type: a flag takes no value."""
    if not ALLOWED:
        return
    for parameter in parameters:
        called = parameter.metavar
        is_argument = parameter.param_type_name == "argument"
        if is_argument and hasattr(parameter, "get_usage_pieces"):
            parameter.get_usage_pieces = lambda ctx, called=called: [called]
        if (is_argument or called is None) and hasattr(parameter, "display_type_rich"):
            parameter.display_type_rich = lambda ctx: None
