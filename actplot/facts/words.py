"""What is known about an activation in words, a labelled line each."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence

from actplot.activations.declaration import OWN, Declaration
from actplot.calculus.seams import Hole, Seam
from actplot.calculus.search import AXIS
from actplot.facts import facts
from actplot.facts.record import Facts
from actplot.formula.nodes import is_written_in
from actplot.formula.plain_text import to_text
from actplot.functions import trained
from actplot.functions.activation import Activation
from actplot.functions.naming import setting, standing
from actplot.functions.parametrised import X
from actplot.functions.spellings import shown_spellings
from actplot.words.numbers import minus, rounded


def fact_lines(activation: Activation) -> dict[str, str]:
    """Return what is known about an activation, a labelled line each."""
    declaration = activation.declaration
    computed = facts(activation)
    gradient = gradient_text(activation)
    return {
        "f(x)": to_text(activation.formula),
        "f′(x)": _slope_text(activation),
        **({"gradient": gradient} if gradient else {}),
        "LaTeX": activation.formula_latex(),
        "parameters": _parameters(activation),
        **({"in general": declaration.formula_text} if len(standing(activation)) < len(activation.values) else {}),
        **({} if activation.axis == X else {"inputs": f"{activation.inputs:g}; x is {activation.axis}"}),
        "kinks": "\n".join(_listed([seam for seam in activation.seams if seam.kink])) or "none",
        **_others(activation),
        **({"undefined": "\n".join(_hole(hole) for hole in computed.holes)} if computed.holes else {}),
        "smoothness": _SMOOTHNESS[computed.smoothness] + _but_for(computed),
        "range": _range(computed),
        "limits": f"{_limit(computed.left_limit, computed.left_tail)} at −∞, "
        f"{_limit(computed.right_limit, computed.right_tail)} at ∞",
        "max slope": _slope(activation, computed),
        "zeros": _zeros(activation, computed),
        "extrema": _extrema(computed),
        "monotone": computed.monotone,
        "symmetry": computed.symmetry,
        "mean output": _mean(computed),
        "saturates": _saturates(computed),
        "gradients": _gradients(computed),
        "certainty": _certainty(computed),
        "aliases": ", ".join(declaration.aliases) or "none",
        "frameworks": _frameworks(declaration),
        "source": declaration.source or ("one's own" if declaration.family == OWN else "typed just now"),
    }


def gradient_text(activation: Activation) -> str:
    """Return the gradient that a function is trained with and that it is no derivative; nothing where it is f'."""
    taken = trained.trained(activation)
    return f"{to_text(taken.formula)}   ({trained.words(activation)})" if taken else ""


def _slope_text(activation: Activation) -> str:
    tree = activation.slope_formula()
    if not is_written_in(MOST_WRITTEN, tree):
        return "too long to be written out"
    text = to_text(tree)
    return text + (f"   for {activation.slope_condition}" if activation.slope_condition else "")


_SMOOTHNESS = {
    "pole": "f has a pole",
    "jump": "f jumps",
    "kink": "f has a kink",
    "C¹": "C¹: f′ is continuous, f″ is not",
    "C²": "C²: f″ is continuous, f‴ is not",
    "smooth": "smooth: it has derivatives of every order",
}


def _parameters(activation: Activation) -> str:
    declaration = activation.declaration
    values = {key: f"{value:.10g}" for key, value in activation.values.items()}
    values |= {key: text for key, text in declaration.defaults.items() if key not in activation.changed}
    settings = ", ".join(setting(key, value) for key, value in values.items()) or "none"
    bounds = f"  ({', '.join(declaration.bounds)})" if declaration.bounds else ""
    spelled = ", ".join(f"{other} for {key}" for other, key in declaration.spelled.items())
    return settings + bounds + (f"\nalso written {spelled}" if spelled else "")


MOST_WRITTEN = 2000  # nodes of a derivative
MOST_LISTED = 12


def _listed(seams: Sequence[Seam]) -> list[str]:
    """Return a line for each break, of many those nearest to zero."""
    nearest = sorted(sorted(seams, key=lambda seam: abs(seam.x))[:MOST_LISTED], key=lambda seam: seam.x)
    more = [f"and {len(seams) - MOST_LISTED} more, farther out"] if len(seams) > MOST_LISTED else []
    return [_break(seam) for seam in nearest] + more


def _break(seam: Seam) -> str:
    """Return what happens where f or f' is no longer itself."""
    below, above = (_tends(value) for value in seam.f)
    left, right = ("none" if math.isnan(slope) else _tends(slope) for slope in seam.df)
    slopes = f"slope {left} on the left, {right} on the right"
    known = ", ".join(f"{name} {rounded(slope)}" for name, slope in seam.kink.frameworks.items()) if seam.kink else ""
    told = {
        "kink": slopes,
        "jump": f"f jumps from {below} to {above}; {slopes}",
        "pole": f"a pole, f tends to {below} on the left, {above} on the right",
        "edge": f"the domain ends; f tends to {_either(below, above)} there, f′ to {_either(left, right)}",
        "isolated value": f"f has a value of its own, though it tends to {below}",
        "unclear": "f tends to nothing that could be told",
    }[seam.kind]
    return f"at {rounded(seam.x)}: {told}" + (f" (taken as: {known})" if known else "")


def _tends(value: float) -> str:
    return "nothing" if math.isnan(value) else limit_text(value) if math.isinf(value) else rounded(value)


def _either(left: str, right: str) -> str:
    return right if left in ("none", "nothing") else left


def _others(activation: Activation) -> dict[str, str]:
    """Return the breaks that are no kinks, and how far they were searched for, where there is something to say."""
    lines = {
        "edges": _listed([seam for seam in activation.seams if seam.kind == "edge"]),
        "isolated": _listed([seam for seam in activation.seams if seam.kind in ("isolated value", "unclear")]),
    }
    if activation.searched != (AXIS,):
        stretches = " and ".join(f"from {_tends(low)} to {_tends(high)}" for low, high in activation.searched)
        elsewhere = "beyond" if len(activation.searched) == 1 else "elsewhere"
        lines["searched"] = [f"{stretches}; there are too many breaks {elsewhere}"]
    return {label: "\n".join(told) for label, told in lines.items() if told}


def _hole(hole: Hole) -> str:
    return f"at {rounded(hole.x)}: f tends to {rounded(hole.value)} there, f′ to {rounded(hole.slope)}"


def _but_for(computed: Facts) -> str:
    places = ", ".join(rounded(hole.x) for hole in computed.holes)
    parts = [f"undefined at {places}"] if places else []
    parts += (
        ["as far as it was searched"]
        if computed.searched != (AXIS,) and not _SMOOTHNESS[computed.smoothness].startswith("f ")
        else []
    )
    return "".join(f"; {part}" for part in parts)


def _range(computed: Facts) -> str:
    parts: list[str] = []
    points: list[str] = []
    for part in computed.image:
        if part.low == part.high:
            points.append(rounded(part.low))
            continue
        if points:
            parts.append(f"{{{', '.join(points)}}}")
            points = []
        left = "(−∞" if math.isinf(part.low) else f"{'[' if part.has_low else '('}{rounded(part.low)}"
        right = "∞)" if math.isinf(part.high) else f"{rounded(part.high)}{']' if part.has_high else ')'}"
        parts.append(f"{left}, {right}")
    if points:
        parts.append(f"{{{', '.join(points)}}}")
    within = "" if computed.filled else "within "
    return within + " and ".join(parts) or "none: f is undefined everywhere"


def limit_text(value: float | None) -> str:
    """Return a limit as people write it; None is none."""
    return "none" if value is None else minus(rounded(value)).replace("inf", "∞")


def _limit(value: float | None, kind: str) -> str:
    return "not known" if kind == "unclear" else limit_text(value)


def _slope(activation: Activation, computed: Facts) -> str:
    """Return the largest slope and where it is taken; at a kink it is none, but the limit beside it."""
    if computed.steepest is None or computed.steepest_on is None:
        return "not known" if activation.seams or computed.image else "none"
    steepest, (low, high) = computed.steepest, computed.steepest_on
    if math.isinf(steepest.value):
        return "unbounded" + ("" if math.isinf(steepest.x) else f", beside x = {rounded(steepest.x)}")
    missing = {seam.x for seam in activation.seams if seam.slope is None or math.isnan(seam.slope)}
    if low < high:
        where = ("" if computed.steepest_ends else "at least ") + _between(low, high, missing)
        if where == _EVERYWHERE and activation.kinks:
            where = f"for {activation.slope_condition}" if activation.slope_condition else "wherever f′ exists"
    elif math.isinf(steepest.x):
        where = "far out"
    else:
        where = f"{'beside' if steepest.x in missing else 'at'} x = {rounded(steepest.x)}"
    return f"{rounded(steepest.value)} {where}"


_EVERYWHERE = "everywhere"


def _between(low: float, high: float, missing: Container[float]) -> str:
    after, before = ("<" if end in missing else "≤" for end in (low, high))
    if math.isinf(low) and math.isinf(high):
        return _EVERYWHERE
    if math.isinf(low):
        return f"for x {before} {rounded(high)}"
    if math.isinf(high):
        return f"for x {after.replace('<', '>').replace('≤', '≥')} {rounded(low)}"
    return f"for {rounded(low)} {after} x {before} {rounded(high)}"


_UNLISTED = {"endless": "without end", "unknown": "not known: there are too many breaks or turns"}


def _zeros(activation: Activation, computed: Facts) -> str:
    if computed.zeros_are in _UNLISTED:
        return _UNLISTED[computed.zeros_are]
    found = []
    for low, high in computed.zeros:
        missing = {end for end in (low, high) if math.isfinite(end) and activation(end)[0] != 0.0}
        found.append(rounded(low) if low == high else _between(low, high, missing).removeprefix("for "))
    return ", ".join(found) or "none"


def _extrema(computed: Facts) -> str:
    if computed.extrema_are in _UNLISTED:
        return _UNLISTED[computed.extrema_are]
    kinds = (("minimum", computed.minima), ("maximum", computed.maxima))
    found = [f"{kind} {rounded(p.value)} at {rounded(p.x)}" for kind, points in kinds for p in points]
    return ", ".join(found) or "none"


def _mean(computed: Facts) -> str:
    if computed.mean is None:
        return "none"
    centred = "zero-centred" if computed.zero_centred else "not zero-centred"
    return f"{rounded(0.0 if computed.zero_centred else computed.mean, 3)} for standard normal input: {centred}"


def _sides(sides: Sequence[str], none: str) -> str:
    return f"on the {' and the '.join(sides)}" if sides else none


def _saturates(computed: Facts) -> str:
    tails = {"left": computed.left_tail, "right": computed.right_tail}
    if len(set(tails.values())) == 1 and not computed.saturates:
        return f"no: {_TAILS[computed.left_tail]} on both sides"
    others = [f"{_TAILS[kind]} on the {side}" for side, kind in tails.items() if kind not in ("limit", "infinite")]
    return "; ".join([_sides(computed.saturates, "no"), *others])


_TAILS = {
    "infinite": "f grows without limit",
    "oscillates": "f is bounded and oscillates",
    "swings": "f swings ever wider",
    "undefined": "f is undefined far out",
    "unclear": "f has no limit that is known",
}


def _gradients(computed: Facts) -> str:
    if computed.dead:
        text = f"exactly 0 far out {_sides(computed.dead, '')}: units can die"
        fading = [side for side in computed.vanishing if side not in computed.dead]
        return text + (f"; vanish {_sides(fading, '')}" if fading else "")
    if computed.vanishing:
        return f"can vanish {_sides(computed.vanishing, '')}"
    return "never vanish in a tail" + (", though f′ passes 0 again and again" if computed.wave else "")


def _frameworks(declaration: Declaration) -> str:
    spelled = [text for texts in shown_spellings(declaration).values() for text in texts]
    return "\n".join(spelled) or "none of torch, Keras, TensorFlow, jax, mlx and ONNX"


def _certainty(computed: Facts) -> str:
    if not computed.proved:
        return "seen on samples"
    shown = {"steepest": "max slope"}
    return f"proved: {', '.join(shown.get(name, name) for name in computed.proved)}; the rest is seen on samples"
