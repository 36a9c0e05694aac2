"""The modules from which people write functions: ``np.exp``, ``torch.nn.functional.silu``; a formula needs none."""

from __future__ import annotations

# Where a path begins, and whose functions follow there, where those are a framework's.
_ROOTS = {
    **dict.fromkeys(("torch", "nn", "F", "functional", "th"), "torch"),
    **dict.fromkeys(("keras", "activations", "layers", "K"), "keras"),
    "tf_keras": "keras 2",
    **dict.fromkeys(("tf", "tensorflow"), "tensorflow"),
    **dict.fromkeys(("jax", "jnp"), "jax"),
    **dict.fromkeys(("flax", "nnx", "linen"), "flax"),
    **dict.fromkeys(("onnx", "ONNX"), "onnx"),
    "paddle": "paddle",
    "mlx": "mlx",
    **dict.fromkeys(("np", "numpy", "math", "scipy", "special", "stats", "cp", "cupy", "mx", "xp"), ""),
}
_INNER = frozenset(
    {
        *("nn", "functional", "modules", "activation", "keras", "activations", "layers", "ops", "backend", "math"),
        *("numpy", "linen", "special", "stats", "lax", "nnx", "core", "experimental"),
    }
)
_CLASSES = frozenset({"norm"})  # what has functions of its own, and belongs to their names


def is_module(word: str) -> bool:
    """Say whether a path may begin with this word."""
    return word in _ROOTS or word in _CLASSES


def split_path(dotted: str) -> tuple[str, str]:
    """Return the framework that a path leads into (empty for none) and the function's own name."""
    words = dotted.split(".")
    framework = ""
    if len(words) > 1 and words[0] in _ROOTS:
        framework = _ROOTS[words.pop(0)]
        while len(words) > 1 and words[0] in _INNER:
            framework = "keras" if words[0] == "keras" else framework
            words.pop(0)
    return framework, ".".join(words)
