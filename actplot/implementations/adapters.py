"""How arrays go into a framework's function and come back, bit by bit, and how it differentiates.

Each framework is the user's own installation, imported here alone, and only where the function takes its arrays.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from actplot.arithmetic.formats import Format
from actplot.arrays import numpy as np
from actplot.errors import WorldError
from actplot.implementations.target import said
from actplot.implementations.watching import PASSING, watched

Function = Callable[[Any], Any]


class Adapter(Protocol):
    """A function of a framework, over numpy's arrays of a format.

    ``values`` and ``slopes`` take an array of any shape and return one of the framework's making; ``slopes`` raises
    `NoGradient` where the framework does not differentiate.
    """

    framework: str

    def values(self, x: Any) -> Any:
        """Return f(x)."""

    def slopes(self, x: Any) -> Any:
        """Return f'(x)."""


class NoGradient(Exception):
    """There is no differentiation here, or none of this function."""


@dataclass
class Numpy:
    """A function of numpy arrays; its slopes are another function's, where one is named."""

    function: Function
    gradient: Function | None = None
    framework: str = "numpy"

    def values(self, x: Any) -> Any:
        """Return f(x)."""
        return self.function(x)

    def slopes(self, x: Any) -> Any:
        """Return what the named function gives."""
        if self.gradient is None:
            raise NoGradient
        return self.gradient(x)


@dataclass
class OneByOne:
    """A function of one number, such as a script's with ``max(0, x)`` in it."""

    function: Function
    gradient: Function | None = None
    framework: str = "Python"

    def values(self, x: Any) -> Any:
        """Return f(x)."""
        return self._mapped(self.function, x)

    def slopes(self, x: Any) -> Any:
        """Return what the named function gives."""
        if self.gradient is None:
            raise NoGradient
        return self._mapped(self.gradient, x)

    @staticmethod
    def _mapped(function: Function, x: Any) -> Any:
        return np.array([float(function(value)) for value in x.reshape(-1).tolist()]).reshape(x.shape)


class Torch:
    """A function of torch tensors, differentiated by autograd."""

    framework = "torch"

    def __init__(self, function: Function, device: str = "cpu") -> None:
        """Take the function, and the device that it runs on."""
        self.torch = importlib.import_module("torch")
        self.function, self.device = function, device

    def _tensor(self, x: Any) -> Any:
        torch = self.torch
        types = {1: (np.uint8, torch.uint8), 2: (np.int16, torch.int16), 4: (np.int32, torch.int32)}
        signed, name = types.get(x.itemsize, (np.int64, torch.int64))[0], x.dtype.name
        # Strides are kept: whether memory is contiguous is part of what is tried.
        return torch.from_numpy(x.view(signed)).view(getattr(torch, name)).to(self.device)

    def _array(self, tensor: Any, x: Any) -> Any:
        if not isinstance(tensor, self.torch.Tensor):
            return tensor
        tensor = tensor.detach().cpu()
        name = str(tensor.dtype).removeprefix("torch.")
        if name != x.dtype.name:
            return tensor.to(self.torch.float64).numpy().astype(f"{name}" if hasattr(np, name) else np.float64)
        signed = {1: "uint8", 2: "int16", 4: "int32"}.get(x.itemsize, "int64")
        return tensor.contiguous().view(getattr(self.torch, signed)).numpy().view(x.dtype)

    def _suited(self, x: Any) -> Function:
        if isinstance(self.function, self.torch.nn.Module):
            self.function.to(self.device, getattr(self.torch, x.dtype.name))
            self.function.eval()
        return self.function

    def values(self, x: Any) -> Any:
        """Return f(x)."""
        with self.torch.no_grad():
            return self._array(self._suited(x)(self._tensor(x)), x)

    def slopes(self, x: Any) -> Any:
        """Return the gradient of the sum of f(x)."""
        tensor = self._tensor(x).requires_grad_()
        result = self._suited(x)(tensor)
        if not getattr(result, "requires_grad", False):
            raise NoGradient
        (found,) = self.torch.autograd.grad(result, tensor, self.torch.ones_like(result))
        return self._array(found, x)


class Jax:
    """A function of jax arrays, called as it is, and differentiated in reverse.

    Its derivative is one compiled program, as where something is trained, unless it can't be compiled: operation by
    operation, jax compiles each of them anew for each length of an array.
    """

    framework = "jax"

    def __init__(self, function: Function) -> None:
        """Take the function."""
        self.jax = importlib.import_module("jax")
        self.function = function
        self.compiled: Function | None = self.jax.jit(self._pulled)

    def _wide(self) -> Any:
        """Return a block in which there is float64; what else the user computes keeps its own."""
        experimental = importlib.import_module("jax.experimental")
        return (self.jax if hasattr(self.jax, "enable_x64") else experimental).enable_x64(True)

    def values(self, x: Any) -> Any:
        """Return f(x)."""
        with self._wide():
            return np.asarray(self.function(self.jax.numpy.asarray(x)))

    def slopes(self, x: Any) -> Any:
        """Return the product of ones with the Jacobian."""
        with self._wide():
            given = self.jax.numpy.asarray(x)
            if self.compiled:
                try:
                    return np.asarray(self.compiled(given))
                except Exception:  # of tracing, such as a choice by values; what is wrong besides is told below
                    self.compiled = None
            return np.asarray(self._pulled(given))

    def _pulled(self, given: Any) -> Any:
        result, pull = self.jax.vjp(self.function, given)
        return pull(self.jax.numpy.ones_like(result))[0]


class Tensorflow:
    """A function of TensorFlow tensors, differentiated on a tape."""

    framework = "tensorflow"

    def __init__(self, function: Function) -> None:
        """Take the function."""
        self.tensorflow = importlib.import_module("tensorflow")
        self.function = function

    def values(self, x: Any) -> Any:
        """Return f(x)."""
        return self.function(self.tensorflow.constant(x)).numpy()

    def slopes(self, x: Any) -> Any:
        """Return the gradient of the sum of f(x)."""
        tensor = self.tensorflow.constant(x)
        with self.tensorflow.GradientTape() as tape:
            tape.watch(tensor)
            result = self.function(tensor)
        found = tape.gradient(result, tensor)
        if found is None:
            raise NoGradient
        return found.numpy()


class Mlx:
    """A function of MLX arrays."""

    framework = "mlx"

    def __init__(self, function: Function) -> None:
        """Take the function."""
        self.core = importlib.import_module("mlx.core")
        self.function = function

    def _array(self, x: Any) -> Any:
        bits = self.core.array(np.ascontiguousarray(x).view(f"uint{8 * x.itemsize}"))
        return bits.view(getattr(self.core, x.dtype.name))

    def _back(self, array: Any, x: Any) -> Any:
        if not isinstance(array, self.core.array):
            return array
        if array.dtype != getattr(self.core, x.dtype.name):
            return np.array(array.astype(self.core.float32) if array.dtype == self.core.bfloat16 else array)
        return np.array(array.view(getattr(self.core, f"uint{8 * x.itemsize}"))).view(x.dtype)

    def values(self, x: Any) -> Any:
        """Return f(x)."""
        return self._back(self.function(self._array(x)), x)

    def slopes(self, x: Any) -> Any:
        """Return the product of ones with the Jacobian."""
        array = self._array(x)
        return self._back(self.core.vjp(self.function, [array], [self.core.ones_like(array)])[1][0], x)


FRAMEWORKS: dict[str, Callable[[Function], Adapter]] = {
    "torch": Torch,
    "jax": Jax,
    "jaxlib": Jax,
    "tensorflow": Tensorflow,
    "mlx": Mlx,
}


def choose(function: Function, chosen: Format, device: str = "cpu", gradient: Function | None = None) -> Adapter:
    """Return the adapter that fits: by what the function returns for numpy's arrays, or by whose arrays it takes.

    Raises
    ------
    WorldError
        Where it takes none of them; the message ends with what it says itself.

    """
    x = np.array([-1.0, 0.5, 2.0]).astype(chosen.dtype)
    called = f"a call with {x.size} numbers"
    problem: BaseException | None = None
    for adapter in _candidates(function, x, device, gradient, called):
        for given in (x, x[None]):  # some take batches only
            try:
                with watched(called):
                    adapter.values(given.copy())
            except (WorldError, *PASSING):
                raise
            except BaseException as found:
                problem = problem or found
                continue
            return adapter
    raise WorldError(f"it can't be called with {x.size} numbers of {chosen.name}: {said(problem or TypeError())}")


def _candidates(function: Function, x: Any, device: str, gradient: Function | None, called: str) -> Iterator[Adapter]:
    try:
        with watched(called):
            returned = function(x.copy())
    except (WorldError, *PASSING):
        raise
    except BaseException:
        returned = None
    if inspect.iscoroutine(returned):
        returned.close()
        raise WorldError("it is a coroutine, which gives no numbers when it is called; name a function without async")
    root = type(returned).__module__.partition(".")[0]
    if root in FRAMEWORKS:
        yield _made(root, function, device)
    if returned is not None:
        yield Numpy(function, gradient)
    own = str(getattr(type(function), "__module__", "")).partition(".")[0]
    for name in dict.fromkeys((own, str(getattr(function, "__module__", "")).partition(".")[0], *FRAMEWORKS)):
        if name in FRAMEWORKS and name in sys.modules:
            yield _made(name, function, device)
    yield Numpy(function, gradient)
    if x.dtype == np.float64:  # what Python's own numbers are
        yield OneByOne(function, gradient)


def _made(name: str, function: Function, device: str) -> Adapter:
    return Torch(function, device) if name == "torch" else FRAMEWORKS[name](function)
