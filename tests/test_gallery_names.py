"""File names: inside the folder, unique in any letter case, short, and legible where they can be."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import actplot
from actplot.functions.activation import Activation
from actplot.functions.binding import bind
from actplot.functions.reading import parse_sweep
from actplot.gallery.names import stem
from actplot.gallery.selection import select
from tests.conftest import Run
from tests.walking import every, examples, look_at

ALLOWED = re.compile(r"[A-Za-z0-9_=][A-Za-z0-9._=-]*")


def named(name: str, **values: float) -> Activation:
    """Return an activation of any name, with parameters that are not at their defaults."""
    declaration = actplot.get("relu").declaration
    return bind(dataclasses.replace(declaration, name=name, parameters=dict.fromkeys(values, 0.1234)), values)


@look_at(every())
def test_an_activation_s_files_have_its_name(name: str) -> None:
    (activation,) = select([name])
    assert stem(activation) == name


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("elu:alpha=0.5", "elu-alpha=0.5"),
        ("elu:alpha=1", "elu"),
        ("hard_tanh:lower=-2,upper=1e-3", "hard_tanh-lower=-2-upper=0.001"),
        ("x-1", "x-1"),
    ],
)
def test_what_can_be_a_name_is_one(spec: str, expected: str) -> None:
    assert [stem(activation) for activation in parse_sweep(spec)] == [expected]


@pytest.mark.parametrize("spec", ["x*sigmoid(x)", "x/2", "-x", ".5*x", "1./x", "x*sigmoid(beta*x):beta=2", "X*x:X=2"])
def test_what_can_t_be_a_name_gets_a_mark(spec: str) -> None:
    (activation,) = parse_sweep(spec)
    assert re.search(r"(^|-)[0-9a-f]{10}$", stem(activation))


HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "..",
    ".",
    "",
    "-rf",
    ".hidden",
    "a/../b",
    "a\\b",
    "C:x",
    "%2e%2e%2f",
    "$(reboot)",
    "a\nb",
    "a\0b",
    "README",
    "index",
    "Index",
    "~",
    "σ(x)",
    "x" * 300,
    "x" * 299 + "y",
    "é" * 300,
    "a..b",
    "a.",
]


def test_hostile_names_stay_inside_and_are_unique(tmp_path: Path) -> None:
    stems = [stem(named(name)) for name in HOSTILE]
    assert len({text.lower() for text in stems}) == len(HOSTILE)
    for text in stems:
        check(text)
        assert (tmp_path / f"{text}.png").resolve().parent == tmp_path.resolve()


def check(text: str) -> None:
    assert ALLOWED.fullmatch(text), text
    assert ".." not in text
    assert len(f"{text}.json".encode()) <= 120
    assert text.lower() not in ("readme", "index")


@examples(1000)
@given(st.lists(st.one_of(st.text(max_size=200), st.from_regex(r"[-./A-Za-z0-9=]{0,30}")), unique=True, max_size=8))
def test_any_names_stay_inside_and_are_unique(names: list[str]) -> None:
    stems = [stem(named(name)) for name in names]
    for text in stems:
        check(text)
    assert len({text.lower() for text in stems}) == len(names)


PARAMETERS = st.floats(allow_nan=False, allow_infinity=False)


@example(0.0, -0.0)
@given(PARAMETERS, PARAMETERS)
def test_two_values_make_two_names(a: float, b: float) -> None:
    first, second = stem(named("elu", alpha=a)), stem(named("elu", alpha=b))
    check(first)
    assert (first.lower() == second.lower()) == (a == b)


@pytest.mark.parametrize("spec", ["elu:alpha={}", "x+a:a={}"])
def test_both_zeros_are_one_value(spec: str) -> None:
    assert len({stem(activation) for zero in ("0", "-0") for activation in parse_sweep(spec.format(zero))}) == 1


def test_formulas_on_the_command_line_stay_inside(run: Run, tmp_path: Path) -> None:
    long = "+".join(["sin(x)/(1+x**2)"] * 20)
    formulas = ["x/2", "x/2.", "1/(1+exp(-x))", "x-1", "2*X*x:X=1", "2*x*x", long]
    done = run("gallery", "deep/out", *formulas, "--format", "csv", "-q")
    assert (done.returncode, done.stderr) == (0, b"")
    files = [path.name for path in (tmp_path / "deep/out").glob("*.csv")]
    assert len({name.lower() for name in files}) == len(formulas)
    for name in files:
        check(name.removesuffix(".csv"))
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {
        *files,
        "README.md",
        "index.html",
        ".actplot.json",
    }
