"""What a tutorial has its readers type for sigmoid and its derivative, saved in place of shown."""

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def d_sigmoid(x: Array) -> Array:
    return sigmoid(x) * (1 - sigmoid(x))


x = np.linspace(-6, 6, 500)
plt.subplot(2, 1, 1)
plt.plot(x, sigmoid(x))
plt.xlabel("X")
plt.ylabel("F(x)")
plt.grid()
plt.subplot(2, 1, 2)
plt.plot(x, d_sigmoid(x))
plt.xlabel("X")
plt.ylabel("F'(x)")
plt.grid()
plt.savefig("a.png")
