"""What frameworks take for the slope of a formula at a kink: their rules, written down by hand."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest

import actplot
from actplot.errors import UsageError
from actplot.functions.own import forget
from tests.conftest import Run, one_error_line
from tests.walking import in_turn

# formula, point, and the slope in torch, TensorFlow and jax
TAKEN = [
    ("max(0, x)", 0.0, 0.5, 0.0, 0.5),
    ("max(x, 0)", 0.0, 0.5, 1.0, 0.5),
    ("np.maximum(0, x)", 0.0, 0.5, 0.0, 0.5),
    ("min(3*x, x)", 0.0, 2.0, 3.0, 2.0),
    ("min(x, 3*x)", 0.0, 2.0, 1.0, 2.0),
    ("max(0, x, 2*x)", 0.0, 1.25, 0.0, 1.25),
    ("2*abs(x) + x", 0.0, 1.0, 1.0, 3.0),
    ("|x|", 0.0, 0.0, 0.0, 1.0),
    ("abs(1 - x)", 1.0, 0.0, 0.0, -1.0),
    ("x if x > 0 else 0.1*x", 0.0, 0.1, 0.1, 0.1),
    ("x if x >= 0 else 0.1*x", 0.0, 1.0, 1.0, 1.0),
    ("np.where(x < 0, 0.1*x, x)", 0.0, 1.0, 1.0, 1.0),
    ("x*(x > 0)", 0.0, 0.0, 0.0, 0.0),
    ("x*(x >= 0)", 0.0, 1.0, 1.0, 1.0),
    ("x.clamp(0, 1)", 0.0, 1.0, 1.0, 0.5),
    ("x.clamp(0, 1)", 1.0, 1.0, 1.0, 0.5),
    ("torch.clamp(x, min=0)", 0.0, 0.5, 1.0, 0.5),
    ("relu(x) + abs(x)", 0.0, 0.0, 0.0, 1.0),
    ("3*relu(2*x - 2)", 1.0, 0.0, 0.0, 0.0),
    ("hard_tanh(x)*2", 1.0, 0.0, 2.0, 2.0),
    ("elu(x, 2) + x", 0.0, 3.0, 3.0, 3.0),
    ("leaky_relu(x, 0.25) - x", 0.0, -0.75, -0.75, 0.0),
    ("F.leaky_relu(x, 0.25) - x", 0.0, -0.75, -0.75, 0.0),
    ("exp(abs(x))", 0.0, 0.0, 0.0, 1.0),
    ("exp(2*x)*abs(x) + x**2", 0.0, 0.0, 0.0, 1.0),
    ("tanh(x)*max(x, 0.5)", 0.5, math.tanh(0.5) / 2 + 0.5 / math.cosh(0.5) ** 2, None, None),
    ("max(x, k*x):k=3", 0.0, 2.0, 1.0, 2.0),
    ("floor(x)", 1.0, 0.0, 0.0, 0.0),
    ("abs(x)**1.5 + logaddexp(0, abs(x))", 0.0, 0.0, 0.0, 0.5),
    ("2**abs(x)", 0.0, 0.0, 0.0, math.log(2)),
    ("1/(1 + abs(x))", 0.0, 0.0, 0.0, -1.0),
]


@pytest.mark.parametrize(("spec", "x", "torch", "tensorflow", "jax"), TAKEN, ids=[f"{r[0]} at {r[1]}" for r in TAKEN])
def test_a_formula_has_the_slope_that_differentiating_it_gives(
    spec: str, x: float, torch: float, tensorflow: float | None, jax: float | None
) -> None:
    activation = actplot.get(spec)
    assert math.isnan(activation(x)[1]), "there is a kink"
    for framework, slope in (("torch", torch), ("tensorflow", tensorflow), ("jax", jax)):
        if slope is not None:
            assert activation(x, at_kink=framework)[1] == pytest.approx(slope, rel=1e-15, abs=1e-15), framework
    _, beside = activation([x - 0.125, x + 0.125], at_kink="torch")
    np.testing.assert_array_equal(beside, activation([x - 0.125, x + 0.125])[1])


UNKNOWN = [
    ("plu(x - 1)", 0.0, "because of plu at -1; use undefined, left, right or mid (known here: none)"),
    ("plu(x - 1) + abs(x)", 0.0, "because of plu at -1"),
    ("where(x > 0, sqrt(x), 0)", 0.0, "because of a part without a finite slope there"),
    ("sqrt(x*x)", 0.0, "because of a part without a finite slope there"),
    ("(x*x)**0.5", 0.0, "because of a part without a finite slope there"),
    ("cbrt(abs(x))", 0.0, "because of a part without a finite slope there"),
    ("plu", 1.0, "is not known; use undefined"),
]


@pytest.mark.parametrize(("spec", "form"), in_turn([row[0] for row in UNKNOWN], ["csv", "json", "md", "text"], 1))
def test_what_is_not_known_is_told_before_anything_is_printed(run: Run, spec: str, form: str) -> None:
    ((x, part),) = [row[1:] for row in UNKNOWN if row[0] == spec]
    for points in (f"-5,{x}", f"{x - 6000}:{x + 2}:0.5"):
        done = run(spec, "-d", f"--at={points}", "--at-kink", "pytorch", "--format", form)
        assert done.returncode == 2
        assert part in one_error_line(done)
    assert run(spec, "-d", f"--at={x - 0.5},{x + 0.5}", "--at-kink", "torch", "--format", form).returncode == 0


def test_a_chart_a_figure_and_a_page_agree(run: Run) -> None:
    for form in (["--terminal"], ["-o", "a.svg"], ["--table"]):
        done = run("relu(x) + max(0, x)", "-d", "--at-kink", "pytorch", *form)
        assert (done.returncode, done.stderr) == (0, b"")
    page = " ".join(run("info", "relu(x) + max(0, x) + plu(x)").stdout.decode().split())
    assert "slope 1 on the left, 3 on the right (taken as: torch 1.5, tensorflow 1, jax 1.5)" in page
    assert page.count("taken as") == 1, "of plu nothing is known"
    assert actplot.get("max(0, x)").derivative_latex(at_kink="torch").endswith(r"f\,'(0) = 0.5")


def test_the_slope_of_a_slope_is_not_made_up(run: Run) -> None:
    done = run("max(0, x)", "-d", "--second", "--at", "0,1", "--format", "csv", "--at-kink", "torch")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b'name,x,f,df,d2f\n"max(0, x)",0.0,0.0,0.5,\n"max(0, x)",1.0,1.0,1.0,0.0\n'


def test_a_formula_is_copied_with_its_kinks() -> None:
    activation = actplot.get("max(0, x)")
    assert activation(0.0, at_kink="torch")[1] == 0.5
    again = pickle.loads(pickle.dumps(activation))
    assert again(0.0, at_kink="torch")[1] == 0.5
    with pytest.raises(UsageError, match="no rule at kinks named 'nosuch'"):
        activation(0.0, at_kink="nosuch")


def test_a_declared_formula_has_the_slopes_of_the_same_one_typed() -> None:
    own = actplot.define("own_at_kink", "max(a*x, x)", a=0.1)
    try:
        taken = [own(0.0, framework)[1] for framework in ("torch", "tensorflow", "jax")]
        assert taken == [0.55, 0.1, 0.55]  # torch and jax share, TensorFlow takes the first
    finally:
        forget(["own_at_kink"])


def test_plain_values_at_a_kink_have_the_slope_that_the_formula_says() -> None:
    assert actplot.get("x if x > 0 else 0.1*x").plain(0.0) == (0.0, 0.1)
    assert "at a kink" in str(actplot.Activation.plain.__doc__)
