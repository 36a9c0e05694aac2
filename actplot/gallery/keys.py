"""Content keys: what a file of the gallery was made from, in one short text.

Two equal keys promise equal bytes. A key covers the activation (its declaration, and the code that computes it down
to the last helper), all other code of the package, the style sheet, the versions of the libraries and the format;
never a clock.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import actplot
from actplot.activation import Activation
from actplot.declaration import DECLARATIONS, Declaration
from actplot.figures.appearance.stylesheet import SUFFIX, read_sheet
from actplot.formula.nodes import Node, calls_in

LIBRARIES = ("numpy", "matplotlib", "pillow")  # those whose versions show in the files' bytes
PACKAGE = Path(actplot.__file__).parent
# Every declaration and every style has a key of its own; what compiling leaves behind is no source.
_APART = frozenset({"activations", "styles", "__pycache__"})


def key(*parts: str) -> str:
    """Return the key of several texts."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def package_key() -> str:
    """Return the key of all code but the catalogue's, and of the versions it runs on."""
    from importlib.metadata import version

    versions = [f"{name} {version(name)}" for name in LIBRARIES]
    sources = sorted(path for path in PACKAGE.rglob("*") if path.is_file())
    shared = [path for path in sources if not _APART.intersection(path.relative_to(PACKAGE).parts)]
    digests = [f"{path.relative_to(PACKAGE).as_posix()} {_digest(path)}" for path in shared]
    return key(actplot.__version__, sys.version, *versions, *digests)


def style_key(style: str) -> str:
    """Return the key of a style: the content of its sheet; one that is no file of ours comes with matplotlib."""
    shipped = PACKAGE / "styles" / f"{style}.mplstyle"
    try:
        content = read_sheet(Path(style)) if style.endswith(SUFFIX) else shipped.read_bytes()
    except (OSError, ValueError):  # a style sheet that can't be read is told where it is to be used
        return key(style)
    return key(style, hashlib.sha256(content).hexdigest())


def activation_key(activation: Activation) -> str:
    """Return the key of an activation with its parameters."""
    declaration = activation.declaration
    typed = DECLARATIONS.get(declaration.name) is not declaration
    called = [DECLARATIONS[name] for name in sorted(_called(declaration)) if name in DECLARATIONS]
    # A printed formula shows the symbols of what it calls; a typed one also computes with them.
    symbols = [repr((other.name, other.symbol, dict(other.parameters))) for other in called]
    computing = called if typed else [declaration]
    return key(
        repr(sorted(activation.values.items())),
        _declared(declaration),
        *symbols,
        *(_computed(other.pair) for other in computing),
    )


def _declared(declaration: Declaration) -> str:
    """Return everything that a declaration says."""
    facts = {name: value for name, value in vars(declaration).items() if name in declaration.__dataclass_fields__}
    return repr(sorted((name, repr(value)) for name, value in facts.items() if name != "pair"))


def _called(declaration: Declaration) -> frozenset[str]:
    trees: list[Node] = [declaration.formula]
    if declaration.derivative_text:
        trees.append(declaration.derivative)
    return frozenset().union(*(calls_in(tree) for tree in trees))


@cache
def _computed(function: Callable[..., object]) -> str:
    """Return the code of a function and of every function and constant of the catalogue that it reaches."""
    reached: dict[str, str] = {}
    waiting: list[Any] = [function]
    while waiting:
        current = waiting.pop()
        current = getattr(current, "__wrapped__", current)
        name = f"{current.__module__}.{current.__qualname__}"
        if name in reached:
            continue
        if not isinstance(current, FunctionType):
            reached[name] = _module_text(current.__module__)
            continue
        reached[name] = repr((*_code(current.__code__), current.__defaults__, current.__kwdefaults__))
        for used in sorted(_names(current.__code__)):
            value = current.__globals__.get(used)
            if _is_ours(value):
                waiting.append(value)
            elif value is not None:
                reached[f"{current.__module__}.{used}"] = _constant(value)
    return repr(sorted(reached.items()))


def _is_ours(value: object) -> bool:
    return callable(value) and getattr(value, "__module__", "").startswith(f"{actplot.__name__}.")


def _constant(value: object) -> str:
    """Return a text for a global that a function uses: a number, a table, a module."""
    if isinstance(value, ModuleType):
        return value.__name__
    raw = value.tobytes().hex() if hasattr(value, "tobytes") else ""
    return f"{type(value).__name__} {raw or repr(value)}"


def _code(code: CodeType) -> Iterator[str]:
    """Yield what a compiled function does, without the places of its lines."""
    yield code.co_code.hex()
    yield repr((code.co_names, code.co_varnames, code.co_freevars, code.co_argcount, code.co_kwonlyargcount))
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _code(constant)
        else:
            yield repr(sorted(map(repr, constant)) if isinstance(constant, frozenset) else constant)


def _names(code: CodeType) -> Iterable[str]:
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return set(code.co_names).union(*(_names(part) for part in inner))


@cache
def _module_text(name: str) -> str:
    path = sys.modules[name].__file__
    return _digest(Path(path)) if path else name


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
