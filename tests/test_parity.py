"""The frameworks say the same, in values, slopes and at kinks; each is skipped where it is not installed.

The frameworks keep fewer digits in their tails than we do, so values are compared to twelve digits in the middle.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

import actplot
from actplot.functions.at_kink import FRAMEWORKS
from actplot.functions.registry import find

pytestmark = pytest.mark.filterwarnings("ignore")  # the frameworks' own, about each other

X = np.linspace(-8, 8, 641) + 1e-3  # off the kinks


def spelled(framework: str) -> list[str]:
    """Return our names of what a framework has, slices of several logits left out: they take a vector."""
    known = [find(name) for name in actplot.names()]
    return [each.name for each in known if framework in each.signatures and "k" not in each.parameters]


def arguments(framework: str, name: str) -> dict[str, Any]:
    """Return what has to be said so that the framework computes our function."""
    declaration = find(name)
    given: dict[str, Any] = {}
    for argument in declaration.signatures[framework][0].arguments:
        key = declaration.key(argument.name)
        if argument.word is not None:
            given[argument.name] = argument.word
        elif key and np.isfinite(declaration.parameters[key]):
            given[argument.name] = declaration.parameters[key]
    return given


def torch_pair(name: str) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    torch = pytest.importorskip("torch")
    module = getattr(torch.nn, find(name).signatures["torch"][0].name)(**arguments("torch", name)).double().eval()

    def pair(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        points = torch.tensor(x, dtype=torch.float64, requires_grad=True)
        values = module(points)
        values.sum().backward()
        return values.detach().numpy(), points.grad.numpy()

    return pair


def jax_pair(name: str) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    function = getattr(jax.nn, find(name).signatures["jax"][0].name)
    given = arguments("jax", name)

    def pair(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        slope = jax.vmap(jax.grad(lambda value: function(value, **given)))
        return np.asarray(function(x, **given)), np.asarray(slope(x))

    return pair


@pytest.mark.parametrize("name", spelled("torch"))
def test_torch_has_the_same_values_and_slopes(name: str) -> None:
    f, df = torch_pair(name)(X)
    ours = actplot.get(name)(X)
    np.testing.assert_allclose(ours[0], f, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(ours[1], df, rtol=4e-8, atol=1e-11)  # torch's 1/6 of Hardsigmoid' is a float32


@pytest.mark.parametrize("name", spelled("jax"))
def test_jax_has_the_same_values_and_slopes(name: str) -> None:
    f, df = jax_pair(name)(X)
    ours = actplot.get(name)(X)
    np.testing.assert_allclose(ours[0], f, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(ours[1], df, rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize("name", spelled("keras"))
def test_keras_has_the_same_values(name: str) -> None:
    backends = [module for module in ("torch", "jax", "tensorflow") if find_spec(module)]
    if not backends:
        pytest.skip("Keras has no backend here")
    os.environ.setdefault("KERAS_BACKEND", backends[0])
    keras = pytest.importorskip("keras")
    keras.config.set_floatx("float64")
    function = getattr(keras.activations, find(name).signatures["keras"][0].name)
    f = keras.ops.convert_to_numpy(
        function(keras.ops.convert_to_tensor(X, dtype="float64"), **arguments("keras", name))
    )
    np.testing.assert_allclose(actplot.get(name)(X)[0], f, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("framework", ["torch", "jax"])
def test_kinks_are_taken_as_the_framework_takes_them(framework: str) -> None:
    pytest.importorskip(framework)
    pairs = {"torch": torch_pair, "jax": jax_pair}[framework]
    checked = 0
    for name in spelled(framework):
        activation = actplot.get(name)
        for kink in activation.kinks:
            if framework in kink.frameworks:
                slope = pairs(name)(np.array([kink.x]))[1][0]
                assert slope == pytest.approx(kink.frameworks[framework], abs=1e-15), (name, kink.x)
                checked += 1
    assert checked >= 8


def test_relu_at_zero_is_zero_in_every_framework() -> None:
    relu = actplot.get("relu")
    assert [float(relu(0.0, framework)[1]) for framework in FRAMEWORKS] == [0.0, 0.0, 0.0]


def test_where_frameworks_differ_each_is_told() -> None:
    assert [float(actplot.get("leaky_relu")(0.0, f)[1]) for f in FRAMEWORKS] == [0.01, 0.01, 1.0]
    assert [float(actplot.get("selu")(0.0, f)[1]) for f in FRAMEWORKS] == pytest.approx(
        [1.7581, 1.0507, 1.7581], abs=1e-4
    )


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0])
def test_every_framework_takes_the_slope_of_elu_at_zero_from_the_left(alpha: float) -> None:
    elu = actplot.get("elu", alpha=alpha)
    assert [float(elu(0.0, framework)[1]) for framework in FRAMEWORKS] == [alpha] * 3


@pytest.mark.parametrize("threshold", [20.0, 3.0])
def test_the_slope_of_softplus_at_its_threshold_is_that_of_the_curve(threshold: float) -> None:
    softplus = actplot.get("softplus", threshold=threshold)
    assert float(softplus(threshold, "torch")[1]) == pytest.approx(1 / (1 + np.exp(-threshold)), rel=1e-15)


def test_what_is_not_known_is_said_and_not_guessed() -> None:
    with pytest.raises(actplot.ActplotError, match=r"what tensorflow takes for f' at x = -0.5 is not known"):
        actplot.get("soft_shrink")(np.array([-0.5]), "tensorflow")
    actplot.get("soft_shrink")(np.array([1.0]), "tensorflow")
