"""Functions of two inputs, a and b: a line times a gate, and the larger of two. A row each, as in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from actplot.activations.declaration import callee
from actplot.formula.nodes import Node
from actplot.formula.parse import parse

FAMILY = "two_inputs"  # the family that lists and galleries have them in
FIRST, SECOND = "a", "b"  # the inputs, in their order: the line and the gate


@dataclass(frozen=True)
class Pair:
    """A function of two inputs.

    Attributes
    ----------
    name, title, aliases
        As of any activation.
    formula_text
        f in the formula language, in ``a`` and ``b``.
    sentence, source
        One sentence about it, and the paper it comes from.
    gated
        Whether it is a line, a, times a gate, b.

    """

    name: str
    title: str
    formula_text: str
    sentence: str
    source: str
    aliases: tuple[str, ...] = ()
    gated: bool = True

    @cached_property
    def formula(self) -> Node:
        """The tree of f."""
        return parse(self.formula_text, callee)


_SHAZEER = "Shazeer 2020, arXiv:2002.05202"
_IN_ORDER = (
    Pair("glu", "GLU", "a*sigmoid(b)", "A line times a sigmoid gate, halves of one layer's output.",
        "Dauphin, Fan, Auli & Grangier 2017, arXiv:1612.08083"),
    Pair("bilinear", "Bilinear", "a*b", "A line times another: a gated unit whose gate is the identity.",
        "Mnih & Hinton 2007; as a gated unit Dauphin, Fan, Auli & Grangier 2017"),
    Pair("reglu", "ReGLU", "a*relu(b)", "A line times a ReLU gate.", _SHAZEER),
    Pair("geglu", "GEGLU", "a*gelu(b)", "A line times a GELU gate.", _SHAZEER),
    Pair("swiglu", "SwiGLU", "a*silu(b)", "A line times a SiLU gate, as in most large language models.", _SHAZEER),
    Pair("seglu", "SeGLU", "a*selu(b)", "A line times a SELU gate.", f"after {_SHAZEER}"),
    Pair("mishglu", "MishGLU", "a*mish(b)", "A line times a Mish gate.", f"after {_SHAZEER}"),
    Pair("swiglu_oai", "SwiGLU-OAI", "(clip(a, -7, 7) + 1)*swiglu_oai_gate(b)",
        "A SwiGLU with both inputs clipped at 7 and 1 added to the line, so that a line of zero lets the gate through.",
        "OpenAI 2025, gpt-oss", ("swigluoai",)),
    Pair("maxout", "Maxout", "max(a, b)", "The larger of two inputs, each a sum with weights of its own.",
        "Goodfellow, Warde-Farley, Mirza, Courville & Bengio 2013", gated=False),
)

# Functions with two outputs, a curve each.
HALVES: Mapping[str, tuple[str, ...]] = {
    "crelu": ("relu(x)", "relu(-x)"),
    "concatenated_relu": ("relu(x)", "relu(-x)"),
}

PAIRS: Mapping[str, Pair] = {pair.name: pair for pair in _IN_ORDER}
