"""``actplot signal``: how a signal and its gradient fare in deep and recurrent networks."""

from __future__ import annotations

from typing import Annotated

import typer

from actplot.cli.defaults import NoConfig
from actplot.cli.options import COMMANDS, FunctionFiles, know_functions, read_whole
from actplot.cli.outputs import (
    Dpi,
    Format,
    Image,
    Language,
    Names,
    Outputs,
    Quiet,
    Responsive,
    Scale,
    Seed,
    Size,
    Style,
    Table,
    Terminal,
    Text,
    Title,
    Transparent,
    deliver,
    graph_request,
)

DEPTH, WIDTH, STEPS, SEEDS, SEED = "50", "256", "100", "10", "0"


def signal_command(
    names: Names,
    init: Annotated[
        str,
        typer.Option(
            "--init",
            metavar="RULE",
            help="he, xavier, lecun, torch, keras, normal, gain (1/√E[f²]), critical, or W,B: the variances of a "
            "weight times the number of inputs, and of a bias.",
        ),
    ] = "he",
    depth: Annotated[str, typer.Option("--depth", metavar="N", help="How many layers deep.")] = DEPTH,
    width: Annotated[str, typer.Option("--width", metavar="N", help="Units of a layer in the networks run.")] = WIDTH,
    cell: Annotated[
        str | None,
        typer.Option("--cell", metavar="CELL", help="Through time in place of depth: rnn, lstm, gru or birnn."),
    ] = None,
    steps: Annotated[str, typer.Option("--steps", metavar="N", help="Steps in time, with --cell.")] = STEPS,
    maps: Annotated[
        bool, typer.Option("--map", help="The maps of a layer: of the variance, and of two inputs' correlation.")
    ] = False,
    seeds: Annotated[str, typer.Option("--seeds", metavar="N", help="Networks run for each function.")] = SEEDS,
    seed: Seed = SEED,
    outputs: Outputs = None,
    format_name: Format = None,
    table: Table = False,
    terminal: Terminal = False,
    image: Image = False,
    style: Style = None,
    size: Size = None,
    dpi: Dpi = None,
    scale: Scale = None,
    title: Title = None,
    language: Language = None,
    transparent: Transparent = False,
    responsive: Responsive = False,
    text: Text = False,
    functions: FunctionFiles = None,
    no_config: NoConfig = False,
    quiet: Quiet = False,
) -> None:
    """Show how large a signal and its gradient are, layer by layer: theory as lines, random networks as dots.

    Try [b]actplot signal relu gelu tanh[/b] or [b]actplot signal gelu --init critical[/b].
    """
    from actplot.errors import UsageError
    from actplot.functions.reading import notes, parse_specs
    from actplot.networks.cells import CELLS
    from actplot.networks.flow import Deep, Recurrent
    from actplot.networks.signal import map_graph, signal_graph
    from actplot.networks.weights import choose
    from actplot.plotting.graphs import run_graph
    from actplot.plotting.request import check
    from actplot.words.languages import find_language, speaking

    know_functions(functions)
    page = size, dpi, transparent, responsive, scale, text
    request = graph_request(outputs, format_name, (table, terminal, image), style, page, title)
    if cell and maps:
        raise UsageError("--cell and --map exclude each other; give one of them")
    units, layers = read_whole(width, "--width", 1, 100_000), read_whole(depth, "--depth", 1, 100_000)
    lasting = read_whole(steps, "--steps", 1, 100_000)
    counts = read_whole(seeds, "--seeds", 1, 100_000), read_whole(seed, "--seed", 0, 2**63)
    network = Recurrent(choose(cell, CELLS, "--cell: none is"), units, lasting) if cell else Deep(units, layers)
    activations = parse_specs(names, COMMANDS)
    check(request, len(activations))
    heading = request.appearance.title
    with speaking(find_language(language or "en")):
        if maps:
            graph = map_graph(activations, init, heading)
        else:
            graph = signal_graph(network, activations, init, *counts, heading)
        result = run_graph(request, graph)
        result.notes[:0] = notes(activations)
        if not cell and steps != STEPS:
            result.notes.append("--steps is for networks through time; name one with --cell")
        run = {"--width": width != WIDTH, "--seeds": seeds != SEEDS, "--seed": seed != SEED}
        idle = [*["--depth"] * (depth != DEPTH and (maps or bool(cell))), *(name for name in run if maps and run[name])]
        if idle:
            what = "--map shows one layer" if maps else f"{cell} has steps in time, of which --steps tells the number"
            result.notes.append(f"{what}; {', '.join(idle)} {'is' if len(idle) == 1 else 'are'} left out")
        deliver(result, quiet)
