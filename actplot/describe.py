"""The catalogue in words: the list of all activations and the page about one."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Container, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from actplot.activation import Activation
from actplot.calculus.differentiate import slope_tree
from actplot.declaration import DECLARATIONS, Declaration
from actplot.facts import Facts, facts
from actplot.formula.nodes import names_in
from actplot.formula.text import to_text
from actplot.kinks import Hole, Kink
from actplot.letters import ascii_text
from actplot.naming import setting, standing
from actplot.registry import names
from actplot.tables.numbers import rounded, strict

if TYPE_CHECKING:
    from rich.console import RenderableType


def catalogue_json() -> str:
    """Return the catalogue as a JSON array, a record an activation, in its order; infinities are strings."""
    records = [strict(_record(DECLARATIONS[name])) for name in names()]
    lines = (json.dumps(record, ensure_ascii=False, allow_nan=False) for record in records)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _record(declaration: Declaration) -> dict[str, object]:
    return {
        "name": declaration.name,
        "title": declaration.title,
        "family": declaration.family,
        "formula": declaration.formula_text,
        "derivative": declaration.slope_text or to_text(slope_tree(declaration)),
        "parameters": dict(declaration.parameters),
        "aliases": list(declaration.aliases),
        "range": list(declaration.range),
        "sentence": declaration.sentence,
        "source": declaration.source,
    }


def catalogue_table(width: int, unicode: bool) -> RenderableType:
    """Return the catalogue as a table no wider than the screen."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    plain = _plain(unicode)
    narrow, wide = width < 60, width >= 100
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, show_edge=not unicode, pad_edge=False, width=width)
    table.add_column("name", style="bold", no_wrap=True)
    if not narrow:
        table.add_column("parameters", overflow="fold")
    table.add_column("also called", style="dim", overflow="fold")
    if wide:
        table.add_column("what it is", ratio=1)
    for family, members in groupby(names(), key=lambda name: DECLARATIONS[name].family):
        table.add_row(Text(family, style="dim italic"))  # as gallery --only takes it
        for name in members:
            declaration = DECLARATIONS[name]
            cells = [f"  {name}", *([] if narrow else [_defaults(declaration)]), ", ".join(declaration.aliases)]
            table.add_row(*(Text(plain(cell)) for cell in cells), *([plain(declaration.sentence)] if wide else []))
    return table


def _defaults(declaration: Declaration) -> str:
    """Return the parameters with their defaults, but for those that are off."""
    shown = {key: f"{value:.6g}" for key, value in declaration.parameters.items() if math.isfinite(value)}
    follow = {key: text for key, text in declaration.defaults.items() if names_in(declaration.default_trees[key])}
    return ", ".join(f"{key}={text}" for key, text in (shown | follow).items())


def information(activation: Activation, width: int, unicode: bool) -> RenderableType:
    """Return everything known about an activation as a page of labelled lines."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    plain = _plain(unicode)
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold", max_width=max(min(width, 100) - 14, 16))
    for label, value in fact_lines(activation).items():
        grid.add_row(Text(plain(label)), Text(plain(value)))
    heading = Text.assemble((plain(activation.title), "bold"), plain(f"  ({activation.name})"))
    sentence = Text(plain(activation.declaration.sentence))
    return Group(heading, sentence, Text(""), grid)


def information_json(activation: Activation) -> str:
    """Return the same as JSON; infinities and NaN are strings, as in tables."""
    computed = facts(activation)
    record = _record(activation.declaration) | {
        "parameters": dict(activation.values),
        "formula": to_text(activation.formula),
        "derivative": to_text(activation.derivative),
        "latex": activation.formula_latex(),
        "derivative_latex": activation.derivative_latex(),
        "kinks": [
            {"x": kink.x, "slopes": [kink.left, kink.right], "jump": kink.jump, "frameworks": dict(kink.frameworks)}
            for kink in activation.kinks
        ],
        "facts": asdict(computed) | {"zero_centred": computed.zero_centred, "bounded": computed.bounded},
        "frameworks": {name: PREFIXES[name] + spelling for name, spelling in activation.declaration.frameworks.items()},
    }
    return json.dumps(strict(record), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def fact_lines(activation: Activation) -> dict[str, str]:
    """Return what is known about an activation, a labelled line each."""
    declaration = activation.declaration
    computed = facts(activation)
    return {
        "f(x)": to_text(activation.formula),
        "f′(x)": _slope_text(activation),
        "LaTeX": activation.formula_latex(),
        "parameters": _parameters(activation),
        **({"in general": declaration.formula_text} if len(standing(activation)) < len(activation.values) else {}),
        "kinks": "\n".join(_kink(kink) for kink in activation.kinks) or "none",
        **({"undefined": "\n".join(_hole(hole) for hole in computed.holes)} if computed.holes else {}),
        "smoothness": _SMOOTHNESS[computed.smoothness] + _but_for(computed),
        "range": _range(activation, computed),
        "limits": f"{limit_text(computed.left_limit)} at −∞, {limit_text(computed.right_limit)} at ∞",
        "max slope": _slope(activation, computed),
        "zeros": _zeros(computed),
        "extrema": _extrema(computed),
        "monotone": computed.monotone,
        "symmetry": computed.symmetry,
        "mean output": _mean(computed),
        "saturates": _saturates(computed),
        "gradients": _gradients(computed),
        "aliases": ", ".join(declaration.aliases) or "none",
        "frameworks": _frameworks(declaration),
        "source": declaration.source or "typed just now",
    }


def _slope_text(activation: Activation) -> str:
    text = to_text(activation.derivative)
    return text + (f"   for {activation.slope_condition}" if activation.slope_condition else "")


PREFIXES = {
    "torch": "torch.nn.",
    "keras": "keras.activations.",
    "tensorflow": "tf.nn.",
    "jax": "jax.nn.",
    "onnx": "ONNX ",
}

_SMOOTHNESS = {
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


def _kink(kink: Kink) -> str:
    left, right = ("none" if math.isnan(slope) else rounded(slope) for slope in (kink.left, kink.right))
    slopes = f"slope {left} on the left, {right} on the right"
    jump = f"f jumps from {rounded(kink.jump[0])} to {rounded(kink.jump[1])}; " if kink.jump else ""
    known = ", ".join(f"{name} {rounded(slope)}" for name, slope in kink.frameworks.items())
    return f"at {rounded(kink.x)}: {jump}{slopes}" + (f" (taken as: {known})" if known else "")


def _hole(hole: Hole) -> str:
    return f"at {rounded(hole.x)}: f tends to {rounded(hole.value)} there, f′ to {rounded(hole.slope)}"


def _but_for(computed: Facts) -> str:
    places = ", ".join(rounded(hole.x) for hole in computed.holes)
    return f"; undefined at {places}" if places else ""


def _range(activation: Activation, computed: Facts) -> str:
    lowest, highest = computed.lowest, computed.highest
    missed = [math.isinf(end.x) or math.isnan(activation(end.x)[0]) for end in (lowest, highest)]
    left = "(−∞" if math.isinf(lowest.value) else f"{'(' if missed[0] else '['}{rounded(lowest.value)}"
    right = "∞)" if math.isinf(highest.value) else f"{rounded(highest.value)}{')' if missed[1] else ']'}"
    return f"{left}, {right}"


def limit_text(value: float | None) -> str:
    """Return a limit as people write it; None is none."""
    return "none" if value is None else rounded(value).replace("-", "−").replace("inf", "∞")


def _slope(activation: Activation, computed: Facts) -> str:
    """Return the largest slope and where it is taken; at a kink it is none, but the limit beside it."""
    steepest, (low, high) = computed.steepest, computed.steepest_on
    if math.isinf(steepest.value):
        return "unbounded"
    missing = {kink.x for kink in activation.kinks} | {hole.x for hole in computed.holes}
    if low < high:
        where = _between(low, high, missing)
        if where == _EVERYWHERE and activation.slope_condition:
            where = f"for {activation.slope_condition}"
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


def _zeros(computed: Facts) -> str:
    if computed.wave:
        return "without end"
    return ", ".join(_interval(*ends) for ends in computed.zeros) or "none"


def _interval(low: float, high: float) -> str:
    if low == high:
        return rounded(low)
    if math.isinf(low):
        return f"x ≤ {rounded(high)}"
    return f"x ≥ {rounded(low)}" if math.isinf(high) else f"{rounded(low)} to {rounded(high)}"


def _extrema(computed: Facts) -> str:
    if computed.wave:
        return "without end"
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
    spelled = [PREFIXES[name] + spelling for name, spelling in declaration.frameworks.items()]
    return "\n".join(spelled) or "none of torch, Keras, TensorFlow, jax and ONNX"


def _plain(unicode: bool) -> Callable[[str], str]:
    return str if unicode else ascii_text
