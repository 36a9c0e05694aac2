"""``actplot train``: little networks that learn, with a function of one's choice."""

from __future__ import annotations

from typing import Annotated

import typer

from actplot.cli.completion import complete_task
from actplot.cli.defaults import NoConfig
from actplot.cli.options import COMMANDS, FunctionFiles, know_functions, read_positive, read_whole
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


def train_command(
    task: Annotated[
        str,
        typer.Argument(metavar="TASK", help="addition, sincos or spirals.", autocompletion=complete_task),
    ],
    names: Names,
    cell: Annotated[
        str | None,
        typer.Option("--cell", metavar="CELL", help="rnn, lstm, gru or birnn (addition, sincos); gates stay logistic."),
    ] = None,
    init: Annotated[
        str | None,
        typer.Option("--init", metavar="RULE", help="How weights begin, as for signal; by default the task's own way."),
    ] = None,
    optimizer: Annotated[
        str | None, typer.Option("--optimizer", metavar="O", help="sgd or adam; by default the task's own.")
    ] = None,
    rate: Annotated[str | None, typer.Option("--lr", metavar="R", help="The learning rate.")] = None,
    clip: Annotated[
        str | None, typer.Option("--clip", metavar="C", help="Clip the gradients of a network to this norm.")
    ] = None,
    hidden: Annotated[str | None, typer.Option("--hidden", metavar="N", help="Units of a layer or a cell.")] = None,
    depth: Annotated[str | None, typer.Option("--depth", metavar="N", help="Layers of units (spirals).")] = None,
    length: Annotated[
        str | None, typer.Option("--length", metavar="N", help="Samples (addition) or epochs to learn from.")
    ] = None,
    seeds: Annotated[str, typer.Option("--seeds", metavar="N", help="Networks for each function.")] = "10",
    seed: Seed = "0",
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
    """Train little networks: 8-bit addition, sine to cosine, two spirals; gradients are checked before each run.

    Try [b]actplot train addition sigmoid tanh relu[/b] or [b]actplot train spirals relu --depth 8[/b].

    Ctrl-C shows what there is.
    """
    from actplot.console.progress import progress
    from actplot.functions.reading import notes, parse_specs
    from actplot.networks.lessons import lesson, settled
    from actplot.networks.tasks import TASKS
    from actplot.networks.weights import choose
    from actplot.plotting.graphs import run_graph
    from actplot.plotting.request import check
    from actplot.words.languages import find_language, speaking

    know_functions(functions)
    page = size, dpi, transparent, responsive, scale, text
    request = graph_request(outputs, format_name, (table, terminal, image), style, page, title)
    chosen = choose(task, TASKS, "no task")
    numbers = {
        "hidden": None if hidden is None else read_whole(hidden, "--hidden", 1, 10_000),
        "depth": None if depth is None else read_whole(depth, "--depth", 1, 1000),
        "length": None if length is None else read_whole(length, "--length", 1, 10_000_000),
        "rate": None if rate is None else read_positive(rate, "--lr"),
        "clip": None if clip is None else read_positive(clip, "--clip"),
    }
    settings = settled(chosen, {"cell": cell, "init": init, "optimizer": optimizer, **numbers})
    counts = read_whole(seeds, "--seeds", 1, 100_000), read_whole(seed, "--seed", 0, 2**63)
    activations = parse_specs(names, COMMANDS)
    check(request, len(activations))
    with speaking(find_language(language or "en")):
        graph, told, stopped = lesson(
            chosen,
            activations,
            settings,
            counts,
            request.appearance.title,
            lambda what, total: progress(what, total, quiet),
        )
        result = run_graph(request, graph)
        result.notes[:0] = [*notes(activations), *told]
        deliver(result, quiet)
    if stopped:
        raise KeyboardInterrupt
