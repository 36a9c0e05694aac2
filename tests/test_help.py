"""What --help tells of every argument and option, by hand: its spellings, its value, its default and what it is for."""

from __future__ import annotations

from typing import Any

import pytest
import typer

from actplot.cli.app import app

FUNCTIONS = "--functions FILE | of your own, in TOML"
NO_CONFIG = "--no-config | the configuration file aside"
QUIET = "--quiet -q | no notes and no progress bar"
LANGUAGE = "--language L | en (the default), ja, ko, es, or auto"
STYLE = "--style S | light (the default), dark, paper, tutorial, a matplotlib style"
JSON = "--json | JSON for programs"
GRAPH = f"""
--output -o FILE | the suffix decides: png svg pdf, csv json md tex txt
--format F | png svg pdf csv json md tex text; alone it means standard output
--table | the numbers in the terminal
--terminal | even where a window could open
--image | the real figure, where the terminal shows pictures
{STYLE}
--size WxH | size of the figure in inches
--dpi DPI | dots per inch of a PNG
--scale X | times as large: a number, talk (1.5) or poster (5)
--title TEXT | title of the figure
{LANGUAGE}
--transparent | no ground behind the figure
--responsive | an SVG without a size of its own
--text | the words of an SVG as text
{FUNCTIONS}
{NO_CONFIG}
{QUIET}"""

# The spellings, the value, the default where there is one, and some words of the help.
HELP = {
    "plot": f"""
names NAME[:PARAM=VALUE,…]… | several share one figure
--derivative -d | add f′ in a panel under f
--second | add f″: a panel, in tables a column
--difference | each function minus the first
--range -r MIN MAX | the x range
--samples -n N | linspace grid (default 500)
--at POINTS | 1,-10,0; -3:5:1 (half open); @FILE or - for standard input
--output -o FILE | the suffix decides: png svg pdf, csv json md tex txt
--format F | png svg pdf csv json md tex text; alone it means standard output
--table | a value table in the terminal
--digits N | significant digits of the values in tables
--terminal | even where a window could open
--image | the real figure, where the terminal shows pictures
--at-kink RULE =undefined | undefined, left, right, mid, or as torch, tensorflow or jax
--dtype F | over the numbers of a format, each result rounded once
{STYLE}
--layout L =stacked | stacked under f, beside it, or together with it
--size WxH | size of the figure in inches
--dpi DPI | dots per inch of a PNG
--scale X | times as large: a number, talk (1.5) or poster (5)
--title TEXT | title of the figure or table
--label NAME | one for each curve, in their order
--xlabel TEXT | words at the x axis
--ylabel TEXT | words at the y axis of f
--ylim LOW HIGH | the y range of f
--tangent X | at a kink, one from each side
--jacobian X1,X2,… | how much each output moves with each input
{LANGUAGE}
--plain | curves alone
--annotate | slanted asymptotes, extrema, corners
--equal | one scale for both axes
--transparent | no ground behind the figure
--responsive | an SVG without a size of its own
--text | the words of an SVG as text
{FUNCTIONS}
{NO_CONFIG}
{QUIET}""",
    "list": f"""
what [NAME|FAMILY|PATTERN]… | by default everything
--used FRAMEWORK | torch, keras, tensorflow, jax, flax, onnx, paddle or mlx
--own | only the functions of your own
{FUNCTIONS}
{JSON}""",
    "info": f"""
name NAME[:PARAM=VALUE,…] | the activation
{FUNCTIONS}
--signal | to a normal signal: means, gains, dead units
{JSON}""",
    "same": f"""
formula FORMULA|NAME[:PARAM=VALUE,…] | the formula, or a function by its name
{FUNCTIONS}
{JSON}
{NO_CONFIG}""",
    "signal": f"""
names NAME[:PARAM=VALUE,…]… | several share one figure
--init RULE =he | he, xavier, lecun, torch, keras, normal, gain (1/√e[f²]), critical, or w,b
--depth N =50 | how many layers deep
--width N =256 | units of a layer
--cell CELL | rnn, lstm, gru or birnn
--steps N =100 | steps in time
--map | of the variance, and of two inputs' correlation
--seeds N =10 | networks run for each function
--seed N =0 | seed of all random numbers
{GRAPH}""",
    "train": f"""
task TASK | addition, sincos or spirals
names NAME[:PARAM=VALUE,…]… | several share one figure
--cell CELL | rnn, lstm, gru or birnn (addition, sincos)
--init RULE | how weights begin
--optimizer O | sgd or adam
--lr R | the learning rate
--clip C | clip the gradients of a network to this norm
--hidden N | units of a layer or a cell
--depth N | layers of units (spirals)
--length N | samples (addition) or epochs
--seeds N =10 | networks for each function
--seed N =0 | seed of all random numbers
{GRAPH}""",
    "gallery": f"""
folder DIR | made if it is missing
specs [NAME[:PARAM=VALUE/VALUE,…]]… | by default every activation
--only NAMES | patterns such as 'hard_*' and families such as rectifiers
--format F,… =png | png, svg, pdf, csv, json, md, tex
{STYLE}
--range -r MIN MAX | one x range for all
--second | add f″: a panel, in tables a column
--size WxH | size of the figures in inches
--scale X | times as large: a number, talk (1.5) or poster (5)
--transparent | no ground behind the figures
{LANGUAGE}
--jobs N | by default one a core
--force | write every file anew
{FUNCTIONS}
{NO_CONFIG}
{QUIET}""",
    "check": f"""
names [NAME|FORMULA]… | by default the whole catalogue
--max-ulp U | 1 by default, and 4 for f′ of an implementation
--against NAME | with this function instead of with itself
--range -r LOW HIGH | judge this range only
--rtol R | by no more than r times the true value
--atol A | by no more than a, or a + r times it
--seed N | seed of the random points
{JSON}
--dtype F,… =float32 | bfloat16, float16, float32, float64, float8_e4m3fn, float8_e5m2, or all for the first four
--gradient auto|none|MODULE:FUNCTION =auto | the framework's own differentiation, nowhere, or another function
--with NAME=VALUE | called or made with
--device D =cpu | where torch computes
--all-inputs | all 2³² inputs of float32
--backend B =loky | as joblib calls it: loky, threading, dask, ray
--output -o FILE | png svg pdf, csv json md tex txt
{STYLE}
{FUNCTIONS}
{QUIET}""",
}

# What shells are offered values for.
OFFERED = {
    "plot": "names --format --at-kink --dtype --style --scale --language",
    "list": "what --used",
    "info": "name",
    "same": "formula",
    "signal": "names --format --style --scale --language",
    "train": "task names --format --style --scale --language",
    "gallery": "specs --only --format --style --scale --language",
    "check": "names --against --dtype --style",
}

COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def spelled(parameter: Any) -> str:
    return " ".join(parameter.opts) if parameter.opts[0].startswith("-") else str(parameter.name)


def test_these_are_all_commands() -> None:
    assert list(COMMANDS) == ["plot", "list", "info", "same", "signal", "train", "gallery", "check"]


@pytest.mark.parametrize("name", HELP)
def test_help_says_of_every_option_what_it_is_for(name: str) -> None:
    rows = [line.split(" | ") for line in HELP[name].splitlines() if line]
    parameters = COMMANDS[name].params
    told = []
    for parameter in parameters:
        default = f" ={parameter.default}" if parameter.default else ""  # flags are off
        told.append(f"{spelled(parameter)}{f' {parameter.metavar}' if parameter.metavar else ''}{default}")
    assert told == [head for head, _ in rows]
    for parameter, (_, words) in zip(parameters, rows, strict=True):
        assert words.lower() in parameter.help.lower(), spelled(parameter)


@pytest.mark.parametrize("name", OFFERED)
def test_a_shell_is_offered_what_has_names(name: str) -> None:
    context = COMMANDS[name].make_context(name, [], resilient_parsing=True)
    completing = [spelled(each) for each in COMMANDS[name].params if each.shell_complete(context, "")]
    assert " ".join(completing) == OFFERED[name]
