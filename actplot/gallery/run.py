"""Make a gallery: draw what is not there yet, in several processes, and write each file as soon as it is complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from actplot import figures
from actplot.console import output
from actplot.console.ending import in_order
from actplot.console.files import is_special, settle, sweep
from actplot.console.progress import progress
from actplot.errors import WorldError, reason
from actplot.functions.own import add, own_declarations
from actplot.gallery.index import INDEX, markdown
from actplot.gallery.keys import activation_key, key, package_key, style_key
from actplot.gallery.ledger import FILE, Ledger
from actplot.gallery.manner import USUAL, Manner
from actplot.gallery.names import Shown, stem
from actplot.gallery.page import PAGE, html
from actplot.gallery.pictures import Made, Order, Recipe, warm_up
from actplot.gallery.workers import Failure, work_off
from actplot.words.languages import speaking
from actplot.words.quoting import shorten

SAVED_EVERY = 25  # orders; what a killed run has noted so far the next one need not draw again
NAMED = 5  # figures in a message


@dataclass(frozen=True)
class Request:
    """What one command line asks for."""

    folder: Path
    activations: Sequence[Shown]
    formats: tuple[str, ...] = ("png",)
    manner: Manner = USUAL
    jobs: int = 1
    force: bool = False
    quiet: bool = False

    @cached_property
    def keys(self) -> dict[str, str]:
        """The key of each file but the indexes."""
        look = key(package_key(), *map(style_key, self.manner.style), repr(self.manner))
        keys = {stem(activation): key(look, activation_key(activation)) for activation in self.activations}
        return {f"{file}.{name}": key(made_from, name) for file, made_from in keys.items() for name in self.formats}

    @cached_property
    def index_keys(self) -> dict[str, str]:
        """The keys of the indexes: they show all activations, in whatever style."""
        shown = [part for activation in self.activations for part in (stem(activation), activation_key(activation))]
        made_from = (self.manner.told, *self.formats, *shown)
        return {name: key(package_key(), name, *made_from) for name in (INDEX, PAGE)}


@dataclass(frozen=True)
class IndexOrder:
    """Both indexes of a gallery."""

    recipes: tuple[Recipe, ...]
    formats: tuple[str, ...]
    manner: Manner

    def __call__(self) -> Made:
        """Make both."""
        activations = [recipe.make() for recipe in self.recipes]
        makers = {INDEX: markdown, PAGE: html}
        with speaking(self.manner.language):
            return Made({name: make(activations, self.formats, self.manner).encode() for name, make in makers.items()})


def run(request: Request) -> None:
    """Bring the files of the activations and the indexes in the folder up to date.

    A figure that can't be drawn does not keep the others from being drawn.

    Raises
    ------
    UsageError
        For an unknown style.
    WorldError
        Where the folder can't be made or written, or where figures failed.

    """
    ledger = Ledger(request.folder)
    stale = {name for name, made in request.keys.items() if request.force or not ledger.is_current(name, made)}
    indexed = all(ledger.is_current(name, made) for name, made in request.index_keys.items()) and not request.force
    orders = _orders(request, stale)
    failures: dict[str, Failure] = {}
    if orders or not indexed:
        _check_figures(request.manner, stale)
        _make(request.folder)
        _check_places(request)
        wanted = [*stale, *([] if indexed else request.index_keys)]
        if not request.force:
            _check_strangers(request.folder, ledger.strangers(wanted))
        sweep(request.folder)
        ledger.claim(wanted)
        failures = _draw(request, orders, indexed, ledger)
        ledger.release()
    _report(request, len(stale), indexed, failures, ledger.others({*request.keys, *request.index_keys}))


def _orders(request: Request, stale: set[str]) -> dict[str, Order]:
    """Return what is to be drawn, by the activation's name in the folder."""
    orders = {}
    for activation in request.activations:
        file = stem(activation)
        files = {name: f"{file}.{name}" for name in request.formats if f"{file}.{name}" in stale}
        if files:
            orders[file] = Order(Recipe.of(activation), files, request.manner)
    return orders


def _check_figures(manner: Manner, stale: set[str]) -> None:
    if any(name.endswith(figures.FORMATS) for name in stale):
        from actplot.figures.appearance.looks import find
        from actplot.figures.parts.limits import check_drawable

        find(manner.style)
        if manner.bounds:
            check_drawable(*manner.bounds)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise WorldError(f"cannot make the folder {folder}: a file has that name; choose another") from None
    except OSError as problem:
        raise WorldError(f"cannot make the folder {folder}: {reason(problem)}") from None
    except ValueError:
        raise WorldError("cannot make a folder of that name; choose another") from None


def _check_places(request: Request) -> None:
    """Keep from writing to what is no file: a pipe that nobody reads would have us wait for ever."""
    for name in (*request.keys, *request.index_keys, FILE):
        path = request.folder / name
        if is_special(path):
            raise WorldError(f"cannot write {path}: it is not a file; remove it, or choose another folder")


def _check_strangers(folder: Path, strangers: Sequence[str]) -> None:
    """Keep from writing over what someone else has put there."""
    if strangers:
        first, *others = strangers
        were = f" and {_count(len(others), 'other file')} were" if others else " was"
        raise WorldError(
            f"{folder / first}{were} not written by this gallery ({FILE} does not name {'them' if others else 'it'}); "
            "choose another folder, or --force to replace what is there"
        )


def _draw(request: Request, orders: Mapping[str, Order], indexed: bool, ledger: Ledger) -> dict[str, Failure]:
    """Draw and write; return what failed."""
    names = list(orders)
    work: list[Callable[[], Made]] = list(orders.values())
    if not indexed:
        work.insert(0, IndexOrder(tuple(map(Recipe.of, request.activations)), request.formats, request.manner))
        names.insert(0, INDEX)
    warm_up(name for order in orders.values() for name in order.files)
    failures: dict[str, Failure] = {}
    indexes = Made({})
    written: list[Path] = []
    lacking: dict[str, list[str]] = {}
    crew = work_off(work, request.jobs, prepare=partial(add, own_declarations()))
    # Who waits for others can put all in order when told to end; who draws ends at once.
    ending = in_order() if request.jobs > 1 else nullcontext()
    with ending, progress("drawing", len(orders), request.quiet) as advance, closing(crew) as results:
        for done, (place, result) in enumerate(results, start=1):
            if isinstance(result, Failure):
                failures[names[place]] = result
            elif names[place] == INDEX:
                indexes = result  # written last, when what it links to is there
                continue
            else:
                _write(request, result, request.keys, ledger, settled=False)
                written += [request.folder / name for name in result.files]
                for line in result.notes:
                    lacking.setdefault(line, []).append(names[place])
            advance()
            if done % SAVED_EVERY == 0:
                ledger.save()
    settle(written)  # all at once: one by one it would take a tenth of the time of drawing them, and more
    _write(request, indexes, request.index_keys, ledger)
    for line, figures_of in lacking.items():
        output.note(f"{_some(sorted(figures_of))}: {line}", request.quiet)
    return failures


def _some(names: Sequence[str]) -> str:
    first = ", ".join(names[:NAMED])
    return f"{first} and {len(names) - NAMED} more" if len(names) > NAMED else first


def _write(request: Request, made: Made, keys: Mapping[str, str], ledger: Ledger, settled: bool = True) -> None:
    output.commit([(request.folder / name, data) for name, data in made.files.items()], settled=settled)
    for name, data in made.files.items():
        ledger.note(name, keys[name], data)


def _report(request: Request, stale: int, indexed: bool, failures: Mapping[str, Failure], others: int) -> None:
    """Tell what was done, in one line, and how many files of earlier runs the indexes do not show.

    Raises
    ------
    WorldError
        Where something failed.

    """
    if failures:
        first = [f"{name} ({shorten(failure.reason, 80)})" for name, failure in list(failures.items())[:NAMED]]
        more = f" and {len(failures) - NAMED} more" if len(failures) > NAMED else ""
        raise WorldError(
            f"{_count(len(failures))} failed: {', '.join(first)}{more}; the others are in {request.folder}"
        )
    left = f"; {_count(others, 'file')} of earlier runs {'is' if others == 1 else 'are'} still there" if others else ""
    what = "figure" if set(request.formats) <= set(figures.FORMATS) else "file"
    unchanged = len(request.keys) - stale
    written = [_count(stale, what)] * bool(stale) + list(request.index_keys) * (not indexed)
    if not written:
        output.note(f"{_count(unchanged, what)} in {request.folder} unchanged{left}", request.quiet)
        return
    *first, last = written
    listed = f"{', '.join(first)} and {last}" if first else last
    rest = (f"; {unchanged} unchanged" if unchanged else "") + left
    output.note(f"wrote {listed} in {request.folder}{rest}", request.quiet)


def _count(number: int, what: str = "figure") -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
