"""``actplot check``: how many units in the last place values and slopes are off, with proof."""

from __future__ import annotations

from typing import Annotated

import typer

from actplot.cli.completion import complete_dtype, complete_names
from actplot.cli.implementation import Wishes, check_implementation
from actplot.cli.options import COMMANDS, FunctionFiles, know_functions, read_range
from actplot.cli.outputs import Style

ALONE = {
    "an implementation, MODULE:FUNCTION": {
        **{"dtype": "--dtype", "gradient": "--gradient", "arguments": "--with", "device": "--device"},
        **{"all_inputs": "--all-inputs", "backend": "--backend", "outputs": "--output", "style": "--style"},
    },
    "functions of the catalogue and formulas": {"rtol": "--rtol", "atol": "--atol", "seed": "--seed"},
}


def _check_options(ctx: typer.Context, of_implementation: bool) -> None:
    """Refuse options that are nothing to what is checked."""
    from actplot.errors import UsageError

    given = {name for name in ctx.params if getattr(ctx.get_parameter_source(name), "name", "") == "COMMANDLINE"}
    for place, (what, options) in enumerate(ALONE.items()):
        idle = [option for name, option in options.items() if name in given]
        if idle and of_implementation == bool(place):
            raise UsageError(f"{', '.join(idle)}: only for {what}; leave it out")
    if "backend" in given and "all_inputs" not in given:
        raise UsageError("--backend is for --all-inputs; add that, or leave it out")


def check_command(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|FORMULA]…",
            help="What to check; by default the whole catalogue. A formula is checked as it is typed.",
            autocompletion=complete_names,
            show_default=False,
        ),
    ] = None,
    max_ulp: Annotated[
        str | None,
        typer.Option(
            "--max-ulp",
            metavar="U",
            help="The largest error that passes, in units in the last place: 1 by default, and 4 for f′ of an "
            "implementation.",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="NAME",
            help="Compare with this function instead of with itself.",
            autocompletion=complete_names,
        ),
    ] = None,
    bounds: Annotated[
        tuple[str, str] | None,
        typer.Option("--range", "-r", metavar="LOW HIGH", help="Judge this range only.", show_default=False),
    ] = None,
    rtol: Annotated[
        str | None, typer.Option("--rtol", metavar="R", help="Pass what is off by no more than R times the true value.")
    ] = None,
    atol: Annotated[
        str | None,
        typer.Option("--atol", metavar="A", help="Pass what is off by no more than A, or A + R times it."),
    ] = None,
    seed: Annotated[
        str | None, typer.Option("--seed", metavar="N", help="Seed of the random points; by default a fresh one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    dtype: Annotated[
        str,
        typer.Option(
            "--dtype",
            metavar="F,…",
            help="Of an implementation: number formats, bfloat16, float16, float32, float64, float8_e4m3fn, "
            "float8_e5m2, or all for the first four. Those of 16 bits and fewer are tried in full.",
            autocompletion=complete_dtype,
        ),
    ] = "float32",
    gradient: Annotated[
        str,
        typer.Option(
            "--gradient",
            metavar="auto|none|MODULE:FUNCTION",
            help="Of an implementation: where f′ comes from: the framework's own differentiation, nowhere, or another "
            "function.",
        ),
    ] = "auto",
    arguments: Annotated[
        list[str] | None,
        typer.Option(
            "--with", metavar="NAME=VALUE", help="What an implementation is called or made with.", show_default=False
        ),
    ] = None,
    device: Annotated[str, typer.Option("--device", metavar="D", help="Where torch computes.")] = "cpu",
    all_inputs: Annotated[
        bool,
        typer.Option(
            "--all-inputs",
            help=r"Of an implementation: all 2³² inputs of float32, over all cores; what an earlier run has measured "
            r"is kept. Needs an extra: actplot\[cluster].",
        ),
    ] = False,
    backend: Annotated[
        str,
        typer.Option(
            "--backend", metavar="B", help="Where they are tried, as joblib calls it: loky, threading, dask, ray."
        ),
    ] = "loky",
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Of an implementation: write the errors over x, under f and f′; png svg pdf, csv json md tex txt.",
        ),
    ] = None,
    style: Style = None,
    functions: FunctionFiles = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress bar.")] = False,
) -> None:
    r"""Measure the accuracy of f and f′ against certified values; exit 1 where one is over the bound.

    It needs python-flint: pip install 'actplot\[check]'.

    A formula that is typed is judged as plain float64 arithmetic computes it,
    with room where float64 has no digits left for that: true values below
    1e-290 may be off by as much, and within 0.3 of an isolated zero the error
    may be 3e-16 · max(1, |x|).
    """
    from actplot.accuracy import report
    from actplot.activations.pairs import PAIRS, Pair
    from actplot.console import output
    from actplot.console.screen import Screen
    from actplot.errors import UsageError, WorldError
    from actplot.functions.pairs import parse_functions
    from actplot.functions.reading import notes, parse_spec
    from actplot.functions.registry import names as all_names
    from actplot.implementations.target import is_target

    know_functions(functions)
    _check_options(ctx, bool(names) and any(map(is_target, names or ())))
    if names and any(map(is_target, names)):
        check_implementation(
            names,
            Wishes(
                dtype,
                gradient,
                tuple(arguments or ()),
                device,
                max_ulp,
                against,
                bounds,
                tuple(outputs or ()),
                tuple(style or ()),
                as_json,
                quiet,
                all_inputs,
                backend,
            ),
        )
        return
    tolerance, start = report.read_tolerance(atol, rtol), report.read_seed(seed)
    bound = None if tolerance else report.read_bound(max_ulp or "1")
    within = read_range(bounds)
    everything = [*all_names(), *PAIRS]
    chosen = parse_functions(names or everything, COMMANDS)
    judge = parse_spec(against, COMMANDS) if against else None
    if judge and (pairs := [each.name for each in chosen if isinstance(each, Pair)]):
        raise UsageError(f"{pairs[0]} takes two inputs and is checked against itself; leave out --against")
    read = [each for each in [*(chosen if names else []), *([judge] if judge else [])] if not isinstance(each, Pair)]
    for line in (*notes(read), f"seed {start}"):
        output.note(line, quiet or as_json)
    measured = report.measure(chosen, start, judge, quiet, within, tolerance)
    if as_json:
        output.commit([], report.to_json(measured, bound, start).encode())
    else:
        screen = Screen.of_stdout()
        from rich.text import Text

        words = [Text(report.verdict(accuracy, judge.name)) for accuracy in measured] if judge else []
        output.commit([], screen.render(report.to_table(measured, bound, screen.unicode), *words))
    over = [accuracy.name for accuracy in measured if not accuracy.passes(bound)]
    if over:
        listed = ", ".join(over[:5]) + (f" and {len(over) - 5} more" if len(over) > 5 else "")
        limit = "the tolerance" if bound is None else f"{bound:g} ULP"
        nothing = all(not (accuracy.value.judged and accuracy.slope.judged) for accuracy in measured)
        problem = "nothing could be judged" if nothing else f"{len(over)} of {len(measured)} over {limit}"
        raise WorldError(f"{problem}: {listed}; the table shows where")
