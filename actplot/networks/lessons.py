"""What ``actplot train`` shows: learning curves, gradients through time or depth, and what was learned, in words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.functions.naming import labels
from actplot.networks.cells import CELLS, Pair
from actplot.networks.descent import OPTIMIZERS, Course, Optimizer, check, train
from actplot.networks.flow import check_work
from actplot.networks.signal import middle, numeral
from actplot.networks.tasks import TASKS, Settings
from actplot.networks.weights import choose
from actplot.words.languages import say

if TYPE_CHECKING:
    from actplot.arrays import Array

STEP_SECONDS, UNIT_SECONDS = 6e-5, 4e-9  # of one step in time: by itself, and for each product with a weight
BOUND = 2.0  # of what networks write; what blows up leaves the picture

Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]


def settled(task: str, given: Mapping[str, Any]) -> Settings:
    """Return the settings of a task, with those that were given in their place and are not None.

    Raises
    ------
    UsageError
        For a word that is none, and for what does not go with the task.

    """
    found = {key: value for key, value in given.items() if value is not None}
    for key, names in (("cell", CELLS), ("optimizer", OPTIMIZERS)):
        if key in found:
            found[key] = choose(found[key], names, f"--{key}: none is")
    for key, why in TASKS[task].refused.items():
        if key in found:
            raise UsageError(why)
    settings: Settings = TASKS[task].settings
    if (length := found.pop("length", None)) is not None:
        found["blocks"] = -(-length // settings.per_block)
    return replace(settings, **found)


def lesson(
    name: str,
    activations: Sequence[Activation],
    settings: Settings,
    seeds: tuple[int, int],
    title: str | None,
    progress: Progress,
) -> tuple[Graph, list[str], bool]:
    """Train networks of each function on a task; ``seeds`` are their number and the seed of all.

    Returned are what is shown, notes on what it took, and whether Ctrl-C ended it. ``progress`` shows how far it is:
    from what is done and the number of blocks it makes what is called after each.

    Raises
    ------
    UsageError
        For what would take too much, and where no function has a slope to learn by.
    WorldError
        Where gradients are not those of finite differences.

    """
    _check_size(settings, seeds[0] * len(activations))
    named = labels(activations)
    taught = [index for index, each in enumerate(activations) if not Pair(each).is_flat]
    if not taught:
        raise UsageError(f"{named[0]} passes no gradient: its slope is 0 wherever it has one; name another function")
    courses: dict[int, tuple[Any, Course]] = {}
    notes: list[str] = []
    stopped = False
    with progress(name, settings.blocks * len(taught)) as advance, np.errstate(all="ignore"):
        for index in taught:
            begun = time.perf_counter()
            try:
                task, course, error = _trained(name, activations[index], settings, seeds, advance)
            except KeyboardInterrupt:
                if not courses:
                    raise
                stopped = True
                break
            courses[index] = task, course
            told, networks = f"{time.perf_counter() - begun:.1f}", say().networks.format(count=seeds[0])
            notes.append(say().agrees.format(name=named[index], error=f"{error:.0e}", networks=networks, seconds=told))
            if stopped := course.stopped:
                break
    missed = ", ".join(named[index] for index in taught if index not in courses or courses[index][1].stopped)

    def graph() -> Graph:
        said, called = say(), labels(activations)
        told = [said.untrained.format(name=called[at]) for at in range(len(called)) if at not in taught]
        with np.errstate(all="ignore"):
            for index, (task, course) in courses.items():
                parts = list(_course_told(task, course))
                if course.lost.all():
                    told.append(said.all_diverged.format(name=called[index], init=task.rule.says(), told=parts[-1]))
                else:
                    told.append(" ".join([task.told(called[index], course), *parts]))
            panels = list(_panels(called, courses))
        if stopped:
            told.append(said.stopped.format(names=missed))
        heading = next(iter(courses.values()))[0].words()[0]
        return Graph(title or heading, activations, panels, told, graph)

    return graph(), notes, stopped


def _trained(
    name: str, activation: Activation, settings: Settings, seeds: tuple[int, int], advance: Callable[[str], None]
) -> tuple[Any, Course, float]:
    first, data = ([np.random.default_rng([seeds[1], number, use]) for number in range(seeds[0])] for use in (0, 1))
    task = TASKS[name](activation, settings, data, first)
    error = check(task.learn, task.w, task.batch(0), seeds[1])
    optimizer = Optimizer(settings.optimizer, settings.rate, settings.clip)
    steps = range(settings.blocks * settings.block)
    blocks = [steps[start : start + settings.block] for start in steps[:: settings.block]]
    return task, train(task.learn, task.w, optimizer, blocks, task.batch, task.sample, advance), error


def _check_size(settings: Settings, networks: int) -> None:
    steps = settings.blocks * settings.block
    products = networks * settings.samples * settings.hidden * (settings.hidden + 16) * 4
    kept = 8.0 * networks * (settings.hidden**2 * 16 + 4 * steps + 2000 * settings.hidden)
    seconds = steps * settings.depth * (STEP_SECONDS + UNIT_SECONDS * products)
    check_work(kept, seconds, "--hidden, --length or --seeds")


def _panels(named: Sequence[str], courses: Mapping[int, tuple[Any, Course]]) -> Iterator[GraphPanel]:
    """Yield the panels: losses, gradients, and what was written where something is."""
    said = say()
    losses, gradients, written = [], [], []
    for index, (task, course) in courses.items():
        x = np.arange(1.0, course.losses.shape[1] + 1) * task.settings.per_block
        losses.append(Series.of(index, named[index], x, line=middle(course.losses), band=_range(course.losses)))
        places = np.arange(course.before.shape[1], dtype=np.float64) + task.first
        gradients.append(Series.of(index, named[index], places, line=middle(course.after), dots=middle(course.before)))
        if (curve := task.written(course.weights)) is not None:
            written.append((index, curve))
    _, unit, place = next(iter(courses.values()))[0].words()
    yield GraphPanel("loss", said.loss_range, unit, said.loss, losses, log=True)
    yield GraphPanel("gradient", said.gradient_by.format(place=place), place, said.rms, gradients, log=True)
    if written:
        reached = max(float(np.nanmax(np.abs(curve[1]), initial=0.0)) for _, curve in written)
        shown = [
            Series.of(index, named[index], at, line=np.where(np.abs(line) < BOUND, line, np.nan))
            for index, (at, line, _) in written
        ]
        at, _, truth = written[0][1]
        shown.append(Series.of(len(named), said.cosine, at, line=truth))
        heading = said.written if reached < BOUND else said.written_cut.format(bound=f"{BOUND:g}")
        yield GraphPanel("written", heading, said.curve_point, said.cosine, shown)


def _range(values: Array) -> tuple[Array, Array]:
    known = np.isfinite(values)
    low, high = np.where(known, values, np.inf).min(axis=0), np.where(known, values, -np.inf).max(axis=0)
    return np.where(known.any(axis=0), low, np.nan), np.where(known.any(axis=0), high, np.nan)


def _course_told(task: Any, course: Course) -> Iterator[str]:
    """Yield sentences about gradients, and about networks that were lost."""
    said, (_, unit, place) = say(), task.words()
    ratios = [float(middle(each[:, 0] / each[:, -1])) for each in (course.before, course.after)]
    if np.isfinite(ratios).any():
        before, after = map(numeral, ratios)
        yield said.gradient_ratio.format(place=place, before=before, after=after)
    if lost := int(course.lost.sum()):
        bad = ~np.isfinite(course.losses).all(axis=0)
        block = int(np.argmax(bad)) if bad.any() else bad.size
        number = f"{task.settings.per_block * (block + 1):,}"
        yield said.diverged.format(count=lost, all=len(course.lost), unit=unit, number=number)
