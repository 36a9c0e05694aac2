"""Every activation × every property. Exceptions come from the declarations, never from a list of names."""

from __future__ import annotations

import math

import numpy as np
import pytest

import actplot
from actplot.activations.declaration import DECLARATIONS
from actplot.calculus.differentiate import slope_tree
from actplot.errors import UsageError
from actplot.formula.nodes import Compare, names_in
from actplot.formula.parse import parse
from actplot.formula.plain_text import to_text
from actplot.functions.activation import Activation
from actplot.functions.at_kink import AT_KINK
from actplot.functions.reading import parse_spec
from actplot.functions.registry import find, normalise
from actplot.functions.typed import from_text
from tests.walking import dense, every, known, look_at

NAMES = every()
EVERY = look_at(NAMES)
DENSE = look_at(dense())

TORCH_ELEMENTWISE = (
    "ELU Hardshrink Hardsigmoid Hardtanh Hardswish LeakyReLU LogSigmoid PReLU ReLU ReLU6 RReLU SELU CELU GELU "
    "Sigmoid SiLU Mish Softplus Softshrink Softsign Tanh Tanhshrink Threshold"
).split()
TUTORIALS = "step sigmoid tanh relu leaky_relu softmax identity".split()


def away_from_kinks(activation: Activation, x: np.ndarray, distance: float) -> np.ndarray:
    for seam in activation.seams:
        if seam.kink:
            x = x[np.abs(x - seam.x) > distance]
        elif seam.slope is not None and math.isinf(seam.slope):  # a curve that stands upright is steep beside it, too
            x = x[np.abs(x - seam.x) > 0.5]
    return x


@pytest.mark.parametrize("name", TORCH_ELEMENTWISE + TUTORIALS)
def test_the_tutorials_and_torch_are_covered(name: str) -> None:
    assert find(name).name in NAMES


@DENSE
def test_the_derivative_is_the_slope(name: str) -> None:
    activation = known(name)
    step = 1e-5
    x = np.linspace(-12, 12, 1999) + 0.00137  # off the round numbers, where f may have a corner in its slope
    x = away_from_kinks(activation, x, 2 * step)
    ahead, behind = activation(x + step)[0], activation(x - step)[0]
    slope = (ahead - behind) / (2 * step)
    size = np.maximum(1.0, np.abs(activation(x)[0]))
    assert np.max(np.abs(slope - activation(x)[1]) / size) < 2e-8


@EVERY
def test_one_sided_differences_agree_at_kinks(name: str) -> None:
    activation = known(name)
    step = 2.0**-20
    for kink in activation.kinks:
        here = float(activation(kink.x)[0])
        below, above = kink.jump or (here, here)
        left = (below - float(activation(kink.x - step)[0])) / step
        right = (float(activation(kink.x + step)[0]) - above) / step
        assert left == pytest.approx(kink.left, abs=1e-5)
        assert right == pytest.approx(kink.right, abs=1e-5)
        assert here in (below, above) or kink.jump is not None


@EVERY
def test_a_kink_is_one(name: str) -> None:
    for kink in known(name).kinks:
        assert kink.left != kink.right or kink.jump is not None
        if kink.jump:
            assert kink.jump[0] != kink.jump[1]


@DENSE
def test_there_is_no_kink_that_is_not_declared(name: str) -> None:
    activation = known(name)
    # Between neighbours 1/512 apart no smooth slope of the catalogue turns by as much.
    x = np.linspace(-10, 10, 10 * 1024 + 1) + 2.0**-12
    x = away_from_kinks(activation, x, 2.0**-9)
    f, df = activation(x)
    near = np.diff(x) < 0.003
    bends = np.abs(np.diff(df))[near]
    assert np.max(bends / np.maximum(1.0, np.abs(df[:-1][near]))) < 0.06
    assert np.max(np.abs(np.diff(f))[near] / np.maximum(1.0, np.abs(df[:-1][near]))) < 0.05


@DENSE
def test_nothing_overflows_warns_or_is_nan(name: str) -> None:
    activation = known(name)
    sizes = np.concatenate([[0.0], np.geomspace(5e-324, 1e308, 64), np.linspace(0, 800, 401)])
    x = np.concatenate([-sizes, sizes])
    with np.errstate(all="raise", under="ignore"):
        f, df = activation(x, at_kink="right")
    assert not np.isnan(f).any()
    assert not np.isnan(df).any()
    assert activation.exact.open <= {kink.x for kink in activation.kinks}


@EVERY
def test_the_limits_at_infinity_are_those_of_large_x(name: str) -> None:
    activation = known(name)
    with np.errstate(all="raise", under="ignore"):
        f, df = activation(np.array([-np.inf, np.inf, -1e300, 1e300]))
    for end, far in ((0, 2), (1, 3)):
        if np.isnan(f[end]):  # a wave has no limit
            assert activation.declaration.family == "periodic"
        elif math.isinf(f[end]):
            assert abs(f[far]) > 20
            assert math.copysign(1, f[far]) == math.copysign(1, f[end])
        else:
            assert f[far] == pytest.approx(f[end], rel=1e-12, abs=1e-12)
            assert df[end] == 0
        if not np.isnan(f[end]) and math.isfinite(df[end]):
            assert df[far] == pytest.approx(df[end], rel=1e-12, abs=1e-9)


@EVERY
def test_nan_in_gives_nan_out(name: str) -> None:
    f, df = known(name)(np.array([np.nan, 1.25]))
    assert np.isnan(f[0])
    assert np.isnan(df[0])
    assert not np.isnan(f[1])


@EVERY
def test_shapes_and_types_are_kept(name: str) -> None:
    activation = known(name)
    x = np.linspace(-2, 2, 12)
    flat = activation(x)
    for shape in ((12,), (3, 4), (2, 3, 2), (12, 1)):
        f, df = activation(x.reshape(shape))
        assert f.shape == df.shape == shape
        assert f.dtype == df.dtype == np.float64
        np.testing.assert_array_equal(f.ravel(), flat[0])
    value, slope = activation(0.75)
    assert np.ndim(value) == np.ndim(slope) == 0
    assert activation([0.75])[0][0] == value
    assert activation(np.array([]))[0].shape == (0,)


@EVERY
def test_the_input_is_not_written_to(name: str) -> None:
    x = np.linspace(-2, 2, 9)
    x.flags.writeable = False
    f, df = known(name)(x)
    f += 1
    df += 1
    np.testing.assert_array_equal(x, np.linspace(-2, 2, 9))


@EVERY
def test_no_negative_zero_reaches_a_table(name: str) -> None:
    f, df = known(name)(np.array([-1e308, -800.0, -3.0, -0.0, 0.0, 3.0, 800.0]))
    assert not np.any((f == 0) & np.signbit(f))
    assert not np.any((df == 0) & np.signbit(df))


@DENSE
def test_tails_are_monotone(name: str) -> None:
    activation = known(name)
    if activation.declaration.family == "periodic":
        return  # a wave has no monotone tail
    for x in (np.linspace(45, 705, 401), np.linspace(-745, -45, 401)):
        f = activation(x)[0]
        steps = np.diff(f[np.isfinite(f)])  # the nearest float64 never step back
        assert np.all(steps >= 0) or np.all(steps <= 0)


@DENSE
def test_the_formula_shown_is_the_function_computed(name: str) -> None:
    activation = known(name)
    standing = {key: value for key, value in activation.values.items() if key in names_in(activation.formula)}
    shown = from_text(to_text(activation.formula), standing)
    x = np.array([-2.3, -0.7, -0.01, 0.013, 0.6, 1.9, 3.7, 7.1])
    for computed, expected in zip(activation(x), shown(x), strict=True):
        np.testing.assert_array_equal(computed, expected)
    assert [kink.x for kink in shown.kinks] == [kink.x for kink in activation.kinks]


@EVERY
def test_a_formula_mentions_only_what_is_declared(name: str) -> None:
    declaration = find(name)
    allowed = {"x", "pi", *declaration.parameters}
    assert names_in(declaration.formula) <= allowed
    assert names_in(slope_tree(declaration)) <= allowed | {"f"}
    for text in declaration.kinks:
        assert names_in(parse(text.at)) <= allowed - {"x"}
        for slope in text.frameworks.values():
            assert names_in(parse(slope)) <= allowed - {"x"}


@DENSE
def test_every_parameter_matters(name: str) -> None:
    declaration = find(name)
    x = np.linspace(-45, 45, 721)
    for key, default in declaration.parameters.items():
        changed = actplot.get(name, **{key: default * 1.25 if default and math.isfinite(default) else 0.25})
        assert key in changed.changed
        assert not np.array_equal(changed(x)[0], known(name)(x)[0])
        assert key in names_in(declaration.formula)


@EVERY
@pytest.mark.parametrize("rule", AT_KINK)
def test_the_rule_at_kinks_is_kept(name: str, rule: str) -> None:
    activation = known(name)
    for kink in activation.kinks:
        expected = {
            "undefined": math.nan,
            "left": kink.left,
            "right": kink.right,
            "mid": (kink.left + kink.right) / 2,
            **kink.frameworks,
        }
        if rule not in expected:
            with pytest.raises(UsageError, match=f"what {rule} takes for f' at x"):
                activation(np.array([kink.x]), rule)
            continue
        slope = float(activation(np.array([kink.x]), rule)[1][0])
        assert slope == pytest.approx(expected[rule], rel=1e-15) or (math.isnan(slope) and rule == "undefined")


@EVERY
def test_a_declaration_is_complete(name: str) -> None:
    declaration = find(name)
    assert declaration.sentence.endswith(".")
    assert 30 <= len(declaration.sentence) <= 160
    assert any(c.isdigit() for c in declaration.source)
    low, high = declaration.range
    assert low < high
    for kink in known(name).kinks:
        assert low < kink.x < high, "the range shows every kink"
    assert declaration.title


@EVERY
def test_a_name_resolves_in_any_spelling(name: str) -> None:
    declaration = find(name)
    camel = "".join(part.capitalize() for part in name.split("_"))
    for spelling in (
        name.upper(),
        name.replace("_", "-"),
        name.replace("_", " "),
        name.replace("_", ""),
        camel,
    ):
        assert find(spelling) is declaration
    for alias in declaration.aliases:
        assert find(alias) is declaration


def test_no_two_activations_share_a_name() -> None:
    claimed: dict[str, str] = {}
    for declaration in DECLARATIONS.values():
        for name in (declaration.name, *declaration.aliases):
            assert claimed.setdefault(normalise(name), declaration.name) == declaration.name, name


def test_kinks_move_with_their_parameters() -> None:
    assert [k.x for k in actplot.get("soft_shrink", lambd=0.8).kinks] == [-0.8, 0.8]
    assert actplot.get("elu").kinks == ()
    assert [k.left for k in actplot.get("elu", alpha=0.5).kinks] == [0.5]
    assert actplot.get("celu", alpha=0.5).kinks == ()
    assert actplot.get("leaky_relu", alpha=1).kinks == ()
    assert [k.jump for k in actplot.get("threshold", theta=0.5, value=0.5).kinks] == [None]


def test_relu_at_zero_is_undefined_unless_a_rule_is_chosen() -> None:
    relu = actplot.get("relu")
    assert math.isnan(relu(0.0)[1])
    assert [relu(0.0, rule)[1] for rule in ("left", "right", "mid")] == [0.0, 1.0, 0.5]


def test_the_readme_s_python_example_holds() -> None:
    y, dy = actplot.get("leaky_relu", alpha=0.2)([-1.0, 2.0])
    assert y.tolist() == [-0.2, 2.0]
    assert dy.tolist() == [0.2, 1.0]


@pytest.mark.parametrize(
    ("spec", "part"),
    [
        ("sigmod", "did you mean 'sigmoid'?"),
        ("", "'actplot list' shows them all"),
        ("elu:beta=1", "no parameter 'beta'; it has alpha"),
        ("relu:alpha=1", "it takes none"),
        ("elu:alpha", "not PARAM=VALUE"),
        ("elu:alpha=", "not PARAM=VALUE"),
        ("elu:=1", "not PARAM=VALUE"),
        ("elu:", "nothing follows the colon"),
        ("elu:alpha=x", "is not a number"),
        ("elu:alpha=nan", "is not a number"),
        ("elu:alpha=1_0", "is not a number"),
        ("elu:alpha=inf", "out of bounds"),
        ("elu:alpha=1e999", "out of bounds"),
        ("threshold:theta=1,threshold=2", "threshold is another name of theta; give one of them"),
        ("hard_sigmoid:slope=0", "alpha > 0 must hold"),
        ("elu:alpha=1,alpha=2", "given twice"),
        ("softplus:beta=-1", "beta > 0 must hold"),
        ("hard_tanh:lower=2", "lower < upper must hold"),
        ("softmax:k=1", "must hold"),
    ],
)
def test_a_bad_spec_says_what_is_wrong(spec: str, part: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_spec(spec)
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)


@DENSE
def test_any_finite_parameter_is_accepted_within_the_bounds(name: str) -> None:
    declaration = find(name)
    for key in declaration.parameters:
        for value in (-1e300, -1e-8, -5e-324, 0.0, 5e-324, 1e-8, 1e300):
            try:
                activation = actplot.get(name, **{key: value})
            except UsageError:
                with pytest.raises(UsageError, match="must hold"):
                    actplot.get(name, **{key: value})
                assert any(key in names_in_condition(condition) for condition in declaration.conditions)
                continue
            f, df = activation(np.array([-2.25, 0.75]), "left")
            assert not np.isnan(f).any()
            assert not np.isnan(df).any()


def names_in_condition(condition: Compare) -> frozenset[str]:
    return frozenset[str]().union(*map(names_in, condition.operands))


@EVERY
def test_a_parameter_has_its_framework_s_name_too(name: str) -> None:
    declaration = find(name)
    for spelled, key in declaration.spelled.items():
        assert key in declaration.parameters
        value = declaration.parameters[key] * 1.25 or 0.25
        given = actplot.get(name, **{spelled: value})
        assert dict(given.values) == dict(actplot.get(name, **{key: value}).values)
        with pytest.raises(UsageError, match=rf"{name}: \w+ is another name of {key}; give one of them"):
            actplot.get(name, **{key: value, spelled: value})


def test_bad_points_say_what_is_wrong() -> None:
    with pytest.raises(UsageError, match="x must be a number"):
        actplot.get("relu")("abc")
    with pytest.raises(UsageError, match="choose one of"):
        actplot.get("relu")(1.0, "middle")
