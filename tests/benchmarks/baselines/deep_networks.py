"""What a lecture has its readers type to see gradients fade: ten networks of fifty layers, with three functions."""

import math
from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Function = Callable[[Array], Array]

WIDTH, DEPTH, SEEDS = 256, 50, 10
erf = np.vectorize(math.erf, otypes=[np.float64])


def phi(x: Array) -> Array:
    return np.asarray(0.5 * (1 + erf(x / math.sqrt(2))))


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


functions: dict[str, tuple[Function, Function]] = {
    "ReLU": (lambda x: np.maximum(x, 0.0), lambda x: (x > 0) * 1.0),
    "GELU": (lambda x: x * phi(x), lambda x: phi(x) + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi)),
    "Sigmoid": (sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x))),
}
figure, (above, below) = plt.subplots(2, 1, sharex=True)
for name, (f, df) in functions.items():
    signals, gradients = [], []
    for seed in range(SEEDS):
        source = np.random.default_rng(seed)
        layers = [source.standard_normal((WIDTH, WIDTH)) * math.sqrt(2 / WIDTH) for _ in range(DEPTH)]
        sums = [source.standard_normal(WIDTH)]
        for layer in layers:
            sums.append(f(sums[-1]) @ layer)
        back = [source.standard_normal(WIDTH)]
        for layer, z in zip(reversed(layers), reversed(sums[:-1]), strict=True):
            back.append(layer @ back[-1] * df(z))
        signals.append([math.sqrt(np.mean(z * z)) for z in sums])
        gradients.append([math.sqrt(np.mean(d * d)) for d in reversed(back)])
    for axes, sizes in ((above, signals), (below, gradients)):
        axes.fill_between(range(DEPTH + 1), np.min(sizes, axis=0), np.max(sizes, axis=0), alpha=0.2)
        axes.plot(np.mean(sizes, axis=0), label=name)
        axes.set_yscale("log")
above.legend()
plt.savefig("a.png")
