"""Which functions of the catalogue a test walks: every one with little work, some of them with much.

``every()`` is for what is cheap: a few points, a declaration, a line of text. ``dense()`` is for long walks and for
figures of each function. It holds a tenth of all, another one each day, and what the last commit or the working tree
declares otherwise than before; with ``ACTPLOT_FUZZ`` it holds every function. ``in_turn()`` gives each function some of
several ways to look at it, and the others on other days. ``ACTPLOT_DAY`` asks for a day by its number.

``look_at(names)`` makes one test of a look at each of them; where a look takes more than a few milliseconds,
``parametrize`` is for it, so that processes can share the work.
"""

from __future__ import annotations

import ast
import datetime
import inspect
import os
import subprocess
from collections.abc import Callable, Iterable, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, seed, settings

import actplot
from actplot.functions.activation import Activation

T = TypeVar("T")
Test = TypeVar("Test", bound=Callable[..., None])

EVERYTHING = "ACTPLOT_FUZZ" in os.environ
PARTS = 10
SHARES = 30

ROOT = Path(__file__).parent.parent
CATALOGUE = "actplot/activations"

# It is set once, and inherited by the processes that share the tests: they must agree even when a day ends.
DAY = int(os.environ.setdefault("ACTPLOT_DAY", str(datetime.date.today().toordinal())))


def share(count: int) -> int:
    """Return how many of so many examples are tried: one part in ten, or all of them ``ACTPLOT_FUZZ`` times over."""
    return count * int(os.environ["ACTPLOT_FUZZ"]) if EVERYTHING else -(-count // PARTS)


def examples(count: int) -> Callable[[Test], Test]:
    """Try so many examples; in an ordinary run one part of them, another one each day."""
    tried = share(count) if EVERYTHING else -(-count // SHARES)
    limits = settings(max_examples=tried, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    return lambda test: limits(test if EVERYTHING else seed(DAY % SHARES)(test))


@cache
def known(name: str) -> Activation:
    """Return a function at its defaults, made once: to search for its kinks may take a second."""
    return actplot.get(name)


def every() -> list[str]:
    """Return the names of all functions, in the catalogue's order."""
    return actplot.names()


@cache
def dense() -> tuple[str, ...]:
    """Return the names of the functions that are walked densely in this run, in the catalogue's order."""
    chosen = set(every()) if EVERYTHING else changed() | set(every()[DAY % PARTS :: PARTS])
    return tuple(name for name in every() if name in chosen)


@cache
def sparse() -> tuple[str, ...]:
    """Return a third of what is walked densely, another one each day: for what takes a good part of a second each."""
    chosen = set(every()) if EVERYTHING else changed() | set(every()[DAY % (3 * PARTS) :: 3 * PARTS])
    return tuple(name for name in every() if name in chosen)


def in_turn(names: Iterable[str], ways: Sequence[T], count: int) -> list[tuple[str, T]]:
    """Return pairs of each name, or spec, and so many of the ways, other ones each day; of what has changed, all."""
    pairs = []
    day = DAY + DAY // PARTS  # what is walked every tenth day meets another way each time
    for place, name in enumerate(names):
        if EVERYTHING or name.partition(":")[0] in changed():
            pairs += [(name, way) for way in ways]
        else:
            step = max(len(ways) // count, 1)
            pairs += [(name, ways[(place + day + turn * step) % len(ways)]) for turn in range(count)]
    return pairs


def look_at(cases: Iterable[T]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make one test of a look at each of many cases, the look's first argument; whatever goes wrong is told of all."""
    each = list(cases)

    def made(look: Callable[..., None]) -> Callable[..., None]:
        @wraps(look)
        def test(**fixtures: object) -> None:
            problems = []
            for case in each:
                try:
                    look(case, **fixtures)
                except Exception as problem:
                    problem.add_note(f"where {look.__name__} looks at {case!r}")
                    problems.append(problem)
            if problems:
                raise ExceptionGroup(f"{len(problems)} of {len(each)} cases", problems)

        taken = inspect.signature(look)
        rest = list(taken.parameters.values())[1:]
        del test.__wrapped__  # or the first argument would be taken for a fixture
        kept = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in rest]
        setattr(test, "__signature__", taken.replace(parameters=kept))  # noqa: B010
        return test

    return made


@cache
def changed() -> frozenset[str]:
    """Return the names whose declaration is not that of the commit before the last one; none without such a commit."""
    command = ["git", "grep", "-h", "-e", "", "HEAD^", "--", f"{CATALOGUE}/*.py"]  # every line of every file
    try:
        before = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    now = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / CATALOGUE).glob("*.py")))
    return frozenset(name for name, _ in declared(now) - declared(before))


def declared(text: str) -> set[tuple[str, str]]:
    """Return the names that a text of Python declares, each with its declaration as Python writes it."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "activation":
            name = node.args[0]
            if isinstance(name, ast.Constant):
                found.add((str(name.value), ast.unparse(node)))
    return found


def told() -> str:
    """Say what this run walks densely."""
    news = f" and {', '.join(sorted(changed()))} as changed" if changed() else ""
    part = "all" if EVERYTHING else f"the tenth of day {DAY} (ACTPLOT_DAY){news}"
    return f"walked densely: {len(dense())} of {len(every())} functions: {part}"
