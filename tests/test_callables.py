"""Callables from Python: sampled, differentiated by their own framework or not at all, and told to be so."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

import actplot
from actplot.curves.curve import sample_range
from actplot.errors import ActplotError, UsageError, WorldError
from actplot.figures.drawing import Drawing
from actplot.figures.formats.words import description
from actplot.functions.called import Called
from actplot.implementations import callables


def leaky(x: Any, slope: float = 0.01) -> Any:
    return np.where(x > 0, x, slope * x)


def titles(figure: Figure) -> list[str]:
    return [axes.get_title(loc="left").replace("\n", " ") for axes in figure.axes]


def test_a_callable_of_arrays_of_numbers_or_of_one() -> None:
    for function, name, framework in ((leaky, "leaky", "numpy"), (math.tanh, "tanh", "Python")):
        act = actplot.get(function)
        assert isinstance(act, Called)
        y, dy = act([[-1.0, 0.0], [2.0, math.inf]])
        expected = {"leaky": [[-0.01, 0.0], [2.0, math.inf]], "tanh": [[-math.tanh(1), 0.0], [math.tanh(2), 1.0]]}
        assert y.tolist() == expected[name]
        assert np.isnan(dy).all(), "no differences are taken for a derivative"
        assert dy.shape == (2, 2)
        assert (act.name, act.title, act.framework, act.accuracy) == (
            name,
            f"{name} ({framework})",
            framework,
            "unknown",
        )
        how, slope = act.notes
        assert how == f"{name} is sampled by calling it with float64; its accuracy is unknown"
        assert slope == f"f′ of {name} is unknown: {framework} does not differentiate it"
    assert actplot.get(lambda x: x > 0)([-1.0, 3.0])[0].tolist() == [0.0, 1.0]
    assert actplot.get(lambda x: x if x > 0 else 0.0)(3.0) == (3.0, pytest.approx(math.nan, nan_ok=True))
    assert actplot.get(leaky, slope=0.5)(-2.0)[0] == -1.0
    narrow = actplot.get(lambda x: np.float32(1) * x.astype(np.float32))
    assert narrow(0.1)[0] == np.float64(np.float32(0.1))
    assert "float32" in narrow.notes[0]
    known = actplot.get("gelu")
    assert actplot.get(known) is known


class Slopes:
    """A framework's adapter whose derivative is another than differences would give."""

    framework = "torch"

    def __init__(self, function: Callable[[Any], Any], device: str = "cpu") -> None:
        self.function = function

    def values(self, x: Any) -> Any:
        return self.function(x)

    def slopes(self, x: Any) -> Any:
        return np.full_like(x, 7.0)


def test_f_prime_is_the_framework_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callables, "choose", lambda function, chosen: Slopes(function))
    act = actplot.get(np.tanh)
    assert act([-1.0, 3.0])[1].tolist() == [7.0, 7.0]
    assert act.notes[1] == "f′ of tanh is torch's own differentiation"
    alone = actplot.figure(np.tanh)
    assert titles(alone) == ["tanh (torch): accuracy unknown", "Derivative as torch differentiates"]
    assert titles(actplot.figure(np.tanh, layout="together")) == [
        "tanh (torch): accuracy unknown; derivative as torch differentiates"
    ]


def test_the_figure_s_words_tell() -> None:
    assert titles(actplot.figure(np.tanh)) == ["tanh (numpy): accuracy unknown; f′ unknown"]
    assert titles(actplot.figure(np.tanh, derivative=False)) == ["tanh (numpy): accuracy unknown"]
    both = actplot.figure("silu", np.tanh, difference=True)
    assert titles(both) == [
        "SiLU and tanh (numpy): accuracy unknown of tanh (numpy); f′ unknown of tanh (numpy)",
        "Derivative",
        "tanh (numpy) − SiLU",
    ]
    assert len([line for line in both.axes[1].lines if (line.get_gid() or "").startswith("df-")]) == 1
    assert titles(actplot.figure(np.tanh, language="es"))[0].endswith("exactitud desconocida; f′ desconocida")
    told = description(Drawing([sample_range(actplot.get(np.tanh), (-2, 2))], title=None))
    assert "Accuracy unknown." in told
    assert "f′ unknown" in told.replace("F′", "f′")


def test_points_lie_where_the_curve_bends() -> None:
    curve = sample_range(actplot.get(lambda x: np.floor(x)), (-2.0, 2.0))
    for step in (-1.0, 0.0, 1.0):
        before, after = curve.x[curve.x < step].max(), curve.x[curve.x >= step].min()
        assert after - before < 4.0 * 2**-13, "a step is upright in the picture"


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x: 1 / 0, "can't be called with 3 numbers of float64: ZeroDivisionError: division by zero"),
        (lambda x: "a", "returns str"),
        (lambda x: (x, x), "has the shape (2, 97)"),
        (lambda x: x.sum(), "has the shape ()"),
        (lambda x: sys.exit(3), "SystemExit: 3"),
        (lambda x: x * 1j, "complex128, not real numbers"),
        (lambda: 3, "takes 0 positional arguments"),
        (lambda x: x.__imul__(2), "it changes its input"),
        (np.random.default_rng(1).normal, "gives other values when it is called again"),
    ],
)
def test_a_callable_that_is_none_here_is_one_documented_error(function: Any, said: str) -> None:
    for call in (actplot.get, actplot.figure):
        with pytest.raises(WorldError) as problem:
            call(function)
        assert said in str(problem.value)
        assert "\n" not in str(problem.value)


def test_what_fails_later_and_what_has_no_formula() -> None:
    problems: list[BaseException] = []

    def tiring(x: Any) -> Any:
        if problems:
            raise problems.pop()
        return x

    act = actplot.get(tiring)
    for problem, said in (
        (RuntimeError("enough\nof this"), "RuntimeError: of this"),
        (SystemExit("no"), "SystemExit: no"),
    ):
        problems.append(problem)
        with pytest.raises(ActplotError, match=f"tiring: f fails for 1 numbers of float64: {said}"):
            act(1.0)
    assert act(1.0)[0] == 1.0
    with pytest.raises(UsageError, match=r"tanh \(numpy\) is known by its values alone and has no formula"):
        actplot.figure(np.tanh, second=True)
    with pytest.raises(UsageError, match="not int"):
        actplot.figure(3)  # type: ignore[arg-type]


def differentiates(function: Any, framework: str) -> None:
    """Compare with the SiLU and its slope, which differences would have 8 digits of."""
    act = actplot.get(function)
    assert isinstance(act, Called)
    assert act.framework == framework
    y, dy = act([-1.0, 2.0])
    s, t = 1 / (1 + math.e), 1 / (1 + math.exp(-2))
    np.testing.assert_allclose(y, [-s, 2 * t], rtol=1e-14)
    np.testing.assert_allclose(dy, [s - s * (1 - s), t + 2 * t * (1 - t)], rtol=1e-14)


def test_torch_differentiates_and_a_user_s_module_stays_as_it_is() -> None:
    torch = pytest.importorskip("torch")
    silu = torch.nn.functional.silu
    for function in (silu, torch.nn.SiLU(), torch.nn.SiLU, lambda x: x * torch.sigmoid(x)):
        differentiates(function, "torch")
    module = torch.nn.PReLU()
    y, dy = actplot.get(module)(-2.0)
    assert (y, dy) == (-0.5, 0.25)
    assert (module.weight.dtype, module.training) == (torch.float32, True)
    assert np.isnan(actplot.get(lambda x: torch.tanh(x.detach()))(1.0)[1])


def test_jax_differentiates_and_keeps_its_settings() -> None:
    jax = pytest.importorskip("jax")
    for function in (jax.nn.silu, jax.jit(lambda x: x * jax.nn.sigmoid(x))):
        differentiates(function, "jax")
    assert not jax.config.jax_enable_x64


def test_a_callable_is_not_called_with_nothing() -> None:
    f = actplot.get(lambda x: np.tanh(x) + 0 * x.max())  # there is no largest of none
    assert [part.shape for part in f(np.array([]))] == [(0,), (0,)]
    assert f(0.0)[0] == 0.0


def test_what_comes_in_fewer_digits_is_float64_all_the_same() -> None:
    def f(x: Any) -> Any:
        if x.dtype != np.float32:
            raise TypeError("float32 alone")
        return x / np.float32(3)

    values, _ = actplot.get(f)(np.array([1.0, 2.0]))
    assert (values.dtype, values.tolist()) == (np.float64, [0.3333333432674408, 0.6666666865348816])
