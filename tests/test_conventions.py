"""What frameworks take for the slope at each kink of the catalogue, written by hand."""

from __future__ import annotations

import json
import math

import pytest

import actplot
from actplot.errors import UsageError
from actplot.functions.at_kink import FRAMEWORKS
from actplot.functions.registry import find
from actplot.reference.page import information_json
from tests.walking import every, known

# What torch, tensorflow and jax take for f' at each kink, in the order of x; nan where nothing is claimed.
NONE = math.nan
CONVENTIONS: dict[str, dict[float, tuple[float, float, float]]] = {
    "relu": {0.0: (0, 0, 0)},
    "relu6": {0.0: (0, 0, 0), 6.0: (0, 0, 0)},
    "relu6:n=2": {0.0: (0, 0, 0), 2.0: (0, 0, 0)},
    "leaky_relu": {0.0: (0.01, 0.01, 1)},
    "leaky_relu:alpha=0.3": {0.0: (0.3, 0.3, 1)},
    "prelu": {0.0: (0.25, NONE, NONE)},
    "prelu:alpha=0.5": {0.0: (0.5, NONE, NONE)},
    "rrelu": {0.0: (11 / 48, NONE, NONE)},
    "rrelu:lower=0.1,upper=0.3": {0.0: (0.2, NONE, NONE)},
    "nlrelu": {0.0: (NONE, NONE, NONE)},
    "elu:alpha=2": {0.0: (2, 2, 2)},
    "selu": {0.0: (1.7580993408473766, 1.0507009873554805, 1.7580993408473766)},
    "selu:alpha=2,scale=3": {0.0: (6, 3, 6)},
    "abs": {0.0: (0, NONE, 1)},
    "hard_tanh": {-1.0: (0, 1, 1), 1.0: (0, 1, 1)},
    "hard_tanh:lower=-2,upper=5": {-2.0: (0, 1, 1), 5.0: (0, 1, 1)},
    "satlin": {0.0: (NONE, NONE, NONE), 1.0: (NONE, NONE, NONE)},
    "plu": {-1.0: (NONE, NONE, NONE), 1.0: (NONE, NONE, NONE)},
    "hard_sigmoid": {-3.0: (0, 0, 0), 3.0: (0, 0, 0)},
    "hard_sigmoid:alpha=0.25,beta=0.5": {-2.0: (0, 0, 0), 2.0: (0, 0, 0)},
    "sparse_sigmoid": {-1.0: (NONE, NONE, NONE), 1.0: (NONE, NONE, NONE)},
    "hard_swish": {-3.0: (0, NONE, 0), 3.0: (1, NONE, 1)},
    "hard_mish": {-2.0: (NONE, NONE, NONE)},
    "soft_shrink": {-0.5: (0, NONE, NONE), 0.5: (0, NONE, NONE)},
    "hard_shrink": {-0.5: (0, NONE, NONE), 0.5: (0, NONE, NONE)},
    "hard_shrink:lambd=2": {-2.0: (0, NONE, NONE), 2.0: (0, NONE, NONE)},
    "step": {0.0: (NONE, NONE, NONE)},
    "sign": {0.0: (NONE, NONE, NONE)},
    "threshold": {1.0: (0, NONE, NONE)},
    "threshold:theta=3": {3.0: (0, NONE, NONE)},
    "tribas": {-1.0: (NONE, NONE, NONE), 0.0: (NONE, NONE, NONE), 1.0: (NONE, NONE, NONE)},
    "softplus:threshold=20": {20.0: (1 / (1 + math.exp(-20)), NONE, NONE)},
}


def test_the_conventions_cover_every_activation_with_a_kink() -> None:
    assert {name for name in every() if find(name).frameworks and find(name).kinks and known(name).kinks} <= set(
        CONVENTIONS
    )


@pytest.mark.parametrize("spec", CONVENTIONS)
def test_a_framework_s_slope_at_a_kink(spec: str) -> None:
    activation = actplot.get(spec)
    assert [kink.x for kink in activation.kinks] == list(CONVENTIONS[spec])
    for x, slopes in CONVENTIONS[spec].items():
        for framework, slope in zip(FRAMEWORKS, slopes, strict=True):
            if math.isnan(slope):
                with pytest.raises(UsageError, match=f"what {framework} takes for f' at x = {x:g} is not known"):
                    activation(x, framework)
            else:
                assert float(activation(x, framework)[1]) == pytest.approx(slope, rel=1e-15)


def test_the_record_of_hard_tanh() -> None:
    record = json.loads(information_json(actplot.get("hard_tanh:upper=2")))
    assert record["kinks"] == [
        {"x": -1.0, "slopes": [0.0, 1.0], "jump": None, "frameworks": {"torch": 0.0, "tensorflow": 1.0, "jax": 1.0}},
        {"x": 2.0, "slopes": [1.0, 0.0], "jump": None, "frameworks": {"torch": 0.0, "tensorflow": 1.0, "jax": 1.0}},
    ]
    assert record["breaks"] == [
        {"x": -1.0, "kind": "kink", "f": [-1.0, -1.0], "slopes": [0.0, 1.0]},
        {"x": 2.0, "kind": "kink", "f": [2.0, 2.0], "slopes": [1.0, 0.0]},
    ]
    assert record["parameters"] == {"lower": -1.0, "upper": 2.0}
    assert record["frameworks"] == {
        "torch": ["torch.nn.Hardtanh"],
        "keras": ["keras.activations.hard_tanh"],
        "jax": ["jax.nn.hard_tanh"],
        "mlx": ["mlx.nn.hard_tanh"],
    }
    found = record["facts"]
    assert (found["left_limit"], found["right_limit"], found["bounded"]) == (-1.0, 2.0, True)
    assert (found["dead"], found["monotone"], found["symmetry"]) == (["left", "right"], "non-decreasing", "neither")
    record = json.loads(information_json(actplot.get("step")))
    assert record["kinks"] == [{"x": 0.0, "slopes": [0.0, 0.0], "jump": [0.0, 1.0], "frameworks": {}}]
