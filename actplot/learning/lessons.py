"""What ``actplot train`` shows: learning curves, gradients through time or depth, and what was learned, in words."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.functions.naming import labels
from actplot.learning.descent import OPTIMIZERS, Course, Optimizer, check, train
from actplot.learning.tasks import TASKS, Addition, Settings, SinCos, Spirals, settled
from actplot.networks.cells import CELLS
from actplot.networks.depth import check_work
from actplot.networks.fast import Pair
from actplot.networks.signal import short
from actplot.words.quoting import shorten

if TYPE_CHECKING:
    from actplot.arrays import Array

STEP_SECONDS, UNIT_SECONDS = 6e-5, 4e-9  # of one step in time: by itself, and for each product with a weight
FLAT = "passes no gradient: its slope is 0 wherever it has one, so nothing is trained"

Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]


@dataclass(frozen=True)
class Lesson:
    """What was shown and what is told beside it; whether Ctrl-C ended it."""

    graph: Graph
    notes: Sequence[str]
    stopped: bool


def find_task(name: str) -> str:
    """Return a task's name.

    Raises
    ------
    UsageError
        Where there is none of that name.

    """
    if name.lower() in TASKS:
        return name.lower()
    near = get_close_matches(name.lower(), TASKS, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(TASKS)}"
    raise UsageError(f"no task named '{shorten(name)}'; {hint}")


def given_settings(
    task: str, words: Mapping[str, str | None], numbers: Mapping[str, float | None], length: int | None
) -> dict[str, Any]:
    """Return the settings that were given, None for the others.

    Raises
    ------
    UsageError
        For a word that is none, and for what does not go with the task.

    """
    known = {"cell": CELLS, "optimizer": OPTIMIZERS}
    for option, choices in known.items():
        if (word := words.get(option)) is not None and word not in choices:
            raise UsageError(f"--{option}: '{shorten(word)}' is none; choose one of {', '.join(choices)}")
    if task == "spirals" and words.get("cell"):
        raise UsageError("--cell is for addition and sincos; spirals has layers, of which --depth tells the number")
    if task != "spirals" and numbers.get("depth"):
        raise UsageError("--depth is for spirals; addition and sincos have one cell")
    blocks = None if length is None else -(-length // TASKS[task].settings.per_block)
    return {**words, **numbers, "blocks": blocks}


def lesson(
    name: str,
    activations: Sequence[Activation],
    given: Mapping[str, Any],
    seeds: tuple[int, int],
    title: str | None,
    progress: Progress,
) -> Lesson:
    """Train networks of each function on a task.

    Parameters
    ----------
    name
        The task.
    activations
        The functions.
    given
        Settings in place of the task's own, None for those that stay.
    seeds
        How many networks, and the seed of all.
    title
        In place of the usual one.
    progress
        Shows how far it is: from what is done and the number of blocks to what is called after each.

    Raises
    ------
    UsageError
        For what would take too much, and where no function has a slope to learn by.
    WorldError
        Where gradients are not those of finite differences.

    """
    settings = settled(name, given)
    named = labels(activations)
    _check_size(name, settings, seeds[0] * len(activations))
    taught = [each for each in activations if not Pair(each).is_flat]
    if not taught:
        raise UsageError(f"{named[0]} {FLAT}; name another function")
    courses: dict[int, tuple[Any, Course]] = {}
    notes, told, stopped = [], [], False
    with progress(name, settings.blocks * len(taught)) as advance, np.errstate(all="ignore"):
        for index, activation in enumerate(activations):
            if activation not in taught:
                told.append(f"{named[index]} {FLAT}.")
            elif not stopped:
                begun = time.perf_counter()
                try:
                    task, course, error = _trained(name, activation, settings, seeds, advance)
                except KeyboardInterrupt:
                    if not courses:
                        raise
                    stopped = True
                    continue
                stopped = course.stopped
                courses[index] = task, course
                took = f"{seeds[0]} networks took {time.perf_counter() - begun:.1f} seconds"
                notes.append(f"{named[index]}: gradients agree with finite differences to {error:.0e}; {took}")
                told.append(" ".join(_told(named[index], task, course, settings)))
    if stopped:
        told.append(
            f"Stopped by Ctrl-C: {', '.join(named[index] for index in list(courses)[-1:])} has not had all samples."
        )
    graph = Graph(title or _title(name, settings), activations, list(_panels(named, courses, settings)), told)
    return Lesson(graph, notes, stopped)


def _trained(
    name: str, activation: Activation, settings: Settings, seeds: tuple[int, int], advance: Callable[[str], None]
) -> tuple[Any, Course, float]:
    for_data, for_weights = (
        [np.random.default_rng([seeds[1], number, use]) for number in range(seeds[0])] for use in (1, 0)
    )
    task = TASKS[name](activation, settings, for_data)
    w = task.draw(for_weights)
    error = check(task, w, seeds[1])
    optimizer = Optimizer(settings.optimizer, settings.rate, settings.clip)
    return task, train(task, w, optimizer, settings.blocks, settings.block, task.sample(), advance), error


def _check_size(name: str, settings: Settings, networks: int) -> None:
    samples = {"addition": 1, "sincos": SinCos.samples, "spirals": Spirals.samples}[name]
    length = {"addition": 8, "sincos": 2 * SinCos.steps, "spirals": settings.depth}[name]
    products = networks * samples * settings.hidden * (settings.hidden + 16) * 4
    steps = settings.blocks * settings.block * length
    kept = 8.0 * networks * (settings.hidden**2 * 16 + 4 * settings.blocks * settings.block + 2000 * settings.hidden)
    check_work(kept, steps * (STEP_SECONDS + UNIT_SECONDS * products), "--hidden, --length or --seeds")


def _title(name: str, settings: Settings) -> str:
    what = {"addition": "Learning to add", "sincos": "Sine to cosine", "spirals": "Two spirals"}[name]
    how = f"{settings.depth} layers" if name == "spirals" else settings.cell.upper().replace("BI", "Bi")
    return f"{what}, {how} of {settings.hidden}"


def _panels(
    named: Sequence[str], courses: Mapping[int, tuple[Any, Course]], settings: Settings
) -> Iterator[GraphPanel]:
    """Yield the panels: losses, gradients, and what was written where something is."""
    losses, gradients, written = [], [], []
    guide: Series | None = None
    for index, (task, course) in courses.items():
        x = np.arange(1.0, course.losses.shape[1] + 1) * settings.per_block
        losses.append(Series.of(index, named[index], x, line=_middle(course.losses), band=_range(course.losses)))
        places = np.arange(course.before.shape[1], dtype=np.float64) + task.first
        sizes = _middle(course.after), _middle(course.before)
        gradients.append(Series.of(index, named[index], places, line=sizes[0], dots=sizes[1]))
        if isinstance(task, SinCos):
            said, truth = (_joined(part) for part in task.free(course.weights))
            at: Any = _joined(np.array(task.starts) + np.arange(task.steps)[:, None, None])[0]
            at[np.isnan(at)] = (np.r_[at[1:], 0.0] - 0.5)[np.isnan(at)]
            written.append(Series.of(index, named[index], at, line=_middle(said)))
            guide = Series.of(len(named), "cosine", at, line=truth[0])
    over = next(iter(courses.values()))[0].over
    yield GraphPanel("loss", "Loss: median and range", settings.unit, "loss", losses, log=True)
    shown = f"Gradient by {over}: dots before, lines after"
    yield GraphPanel("gradient", shown, over, "root mean square", gradients, log=True)
    if guide is not None:
        known = np.concatenate([each.line for each in written])
        bound = 2.0  # what blows up leaves the picture
        kept = [
            Series.of(s.index, s.title, s.x, line=np.where(np.abs(s.line) < bound, s.line, np.nan)) for s in written
        ]
        title = "Written freely from 4 starts; dashed: truth" + (
            "; cut at ±2" if np.nanmax(np.abs(known)) >= bound else ""
        )
        yield GraphPanel("written", title, "point of the curve", "cosine", [*kept, guide])


def _joined(values: Array) -> Array:
    """Return curves of shape (steps, seeds, starts) one after another, NaN between them, shape (seeds, …)."""
    parts = np.concatenate([values.astype(np.float64), np.full((1, *values.shape[1:]), np.nan)])
    return np.moveaxis(parts, 0, -1).reshape(values.shape[1], -1)[:, :-1]


def _middle(values: Array) -> Array:
    """Return the median over networks, of those that are numbers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(np.nanmedian(np.where(np.isfinite(values), values, np.nan), axis=0))


def _range(values: Array) -> tuple[Array, Array]:
    known = np.isfinite(values)
    low, high = np.where(known, values, np.inf).min(axis=0), np.where(known, values, -np.inf).max(axis=0)
    return low, high


def _told(name: str, task: Any, course: Course, settings: Settings) -> Iterator[str]:
    """Yield sentences about what networks of one function have learned."""
    count = len(course.lost)
    if isinstance(task, Addition):
        right = task.right(course.weights)
        yield f"{name}, {task.rule.words}: {int((right == 1).sum())} of {count} networks add all 16,384 pairs right"
        yield f"(the median one {short(100 * float(np.median(right)))}% of them);"
        clean = [settings.per_block * (int(np.argmax(row == 0)) + 1) for row in course.wrong if (row == 0).any()]
        when = f"end after {np.median(clean):,.0f} samples in the median of {len(clean)}" if clean else "never come"
        yield f"the first 100 samples without an error {when}."
    elif isinstance(task, SinCos):
        said, truth = task.free(course.weights)
        freely = _middle(((said - truth) ** 2).mean(axis=(0, 2)))
        forced, held = float(_middle(course.losses[:, -1])), float(_middle(task.held_out(course.weights)))
        yield f"{name}, {task.rule.words}: told the cosine before each step, the squared error is {short(forced)}"
        yield f"({short(held)} on windows held out);"
        is_worse = "which is worse" if freely > max(forced, held) else "which is no worse"
        yield f"writing freely it is {short(float(freely))}, {is_worse}."
    else:
        right, dead = task.right(course.weights), task.dead(course.weights)
        median, worst, gone = (short(100 * float(x)) for x in (np.median(right), right.min(), dead.mean()))
        yield f"{name}, {task.rule.words}: the median network puts {median}% of new points on the right side, the worst"
        yield f"{worst}%; {gone}% of the units are dead."
    with np.errstate(all="ignore"):
        ratios = [float(_middle(each[:, 0] / each[:, -1])) for each in (course.before, course.after)]
    if np.isfinite(ratios).any():
        before, after = (short(ratio) if np.isfinite(ratio) else "no multiple" for ratio in ratios)
        yield f"The gradient at the first {task.over} is {before} of that at the last before training, {after} after."
    if lost := int(course.lost.sum()):
        bad = ~np.isfinite(course.losses)
        first = int(np.argmax(bad.any(axis=0))) * settings.per_block if bad.any() else settings.per_block * bad.shape[1]
        yield f"{lost} of {count} diverged, the first by {settings.unit[:-1]} {first + settings.per_block:,}."
