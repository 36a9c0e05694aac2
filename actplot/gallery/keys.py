"""Content keys: what a file of the gallery was made from, in one short text.

Two equal keys promise equal bytes. A key covers the activation (all that it and what it calls declare), the code of the
package, the style sheet, the versions of the libraries and the format; never a clock.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path

import actplot
from actplot.activations import FAMILIES
from actplot.activations.declaration import DECLARATIONS, Declaration
from actplot.activations.pairs import Pair
from actplot.calculus.differentiate import slope_tree
from actplot.figures.appearance.stylesheet import SUFFIX, read_sheet, sheet_folders
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import calls_in
from actplot.gallery.names import Shown

LIBRARIES = ("numpy", "matplotlib", "pillow")  # those whose versions show in the files' bytes
PACKAGE = Path(actplot.__file__).parent
# Every declaration and every style has a key of its own; what compiling leaves behind is no source.
_APART = frozenset({"styles", "__pycache__", *(f"{family}.py" for family in FAMILIES)})


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
    """Return the key of a style: the content of its sheet."""
    shipped = PACKAGE / "styles" / f"{style}{SUFFIX}"
    try:
        if style.endswith(SUFFIX):
            content = read_sheet(Path(style))
        elif shipped.is_file():
            content = shipped.read_bytes()
        else:
            own, users = (folder / shipped.name for folder in sheet_folders())
            content = read_sheet(own if own.is_file() else users)
    except (OSError, ValueError):  # a style sheet that can't be read is told where it is to be used
        return key(style)
    return key(style, hashlib.sha256(content).hexdigest())


def activation_key(activation: Shown) -> str:
    """Return the key of an activation with its parameters: all that it and what it calls declare."""
    if isinstance(activation, Pair):
        called = calls_in(activation.formula) - ELEMENTARY.keys()
        return key(
            repr(activation), *(_declared(DECLARATIONS[n]) for n in sorted(called.union(*map(_called_by, called))))
        )
    declared = [repr(sorted(activation.values.items())), _declared(activation.declaration)]
    return key(*declared, *(_declared(DECLARATIONS[name]) for name in sorted(_called(activation.declaration))))


def _declared(declaration: Declaration) -> str:
    """Return everything that a declaration says."""
    return repr([(part.name, getattr(declaration, part.name)) for part in fields(declaration)])


def _called_by(name: str) -> frozenset[str]:
    return _called(DECLARATIONS[name])


def _called(declaration: Declaration) -> frozenset[str]:
    """Return the names of all activations that a formula calls, and of those that these call."""
    trees = [declaration.formula, slope_tree(declaration)]
    trees += [declaration.read(declaration.gradient_text)] if declaration.gradient_text else []
    names = frozenset().union(*map(calls_in, trees))
    found = frozenset(name for name in names if name not in ELEMENTARY)
    return found.union(*(_called(DECLARATIONS[name]) for name in found))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
