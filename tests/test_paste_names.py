"""What frameworks print and people type in the place of a name: print-outs, paths, and names of no function here."""

from __future__ import annotations

import math

import pytest
from typer.testing import CliRunner

import actplot
from actplot.activations.declaration import DECLARATIONS
from actplot.activations.elsewhere import ELSEWHERE
from actplot.activations.signatures import FLAGS, WITHOUT_EFFECT
from actplot.cli.app import app
from actplot.errors import UsageError
from actplot.facts.words import fact_lines
from actplot.functions.activation import Activation
from actplot.functions.reading import parse_spec
from actplot.functions.registry import normalise
from actplot.functions.spellings import Spelling, shown_spellings
from actplot.words.quoting import nearest_words

# (what is pasted, the name here, the parameters that differ from the defaults here)
PASTED: list[tuple[str, str, dict[str, float]]] = [
    ("ReLU(inplace=True)", "relu", {}),
    ("ReLU()", "relu", {}),
    ("LeakyReLU(negative_slope=0.2)", "leaky_relu", {"alpha": 0.2}),
    ("LeakyReLU(0.2)", "leaky_relu", {"alpha": 0.2}),
    ("LeakyReLU(0.2, True)", "leaky_relu", {"alpha": 0.2}),
    ("LeakyReLU(alpha=0.3)", "leaky_relu", {"alpha": 0.3}),
    ("GELU(approximate='tanh')", "gelu_tanh", {}),
    ('GELU(approximate="none")', "gelu", {}),
    ("GELU('tanh')", "gelu_tanh", {}),
    ("Hardtanh(min_val=-1.0, max_val=1.0)", "hard_tanh", {}),
    ("Hardtanh(-2, 2)", "hard_tanh", {"lower": -2.0, "upper": 2.0}),
    ("Softplus(beta=1.0, threshold=20.0)", "softplus", {"threshold": 20.0}),
    ("ELU(alpha=1/2)", "elu", {"alpha": 0.5}),
    ("ELU(-0.5)", "elu", {"alpha": -0.5}),
    ("PReLU(num_parameters=1)", "prelu", {}),
    ("PReLU(1)", "prelu", {}),
    ("RReLU(lower=0.125, upper=0.3333333333333333)", "rrelu", {}),
    ("Threshold(threshold=0.1, value=20)", "threshold", {"theta": 0.1, "value": 20.0}),
    ("Softmax(dim=1)", "softmax", {}),
    ("Softmax(dim=None)", "softmax", {}),
    ("(1): LeakyReLU(negative_slope=0.01, inplace=True)", "leaky_relu", {}),
    ("(act): GELU(approximate='tanh')", "gelu_tanh", {}),
    ("act = nn.ELU(0.5)", "elu", {"alpha": 0.5}),
    ("torch.nn.GELU", "gelu", {}),
    ("nn.GELU()", "gelu", {}),
    ("torch.nn.modules.activation.SiLU", "silu", {}),
    ("F.silu", "silu", {}),
    ("nn.functional.mish", "mish", {}),
    ("torch.nn.functional.hardswish", "hard_swish", {}),
    ("torch.sigmoid", "sigmoid", {}),
    ("torch.nn.Softplus", "softplus", {"threshold": 20.0}),
    ("tf.nn.relu6", "relu6", {}),
    ("tf.nn.leaky_relu", "leaky_relu", {"alpha": 0.2}),
    ("tensorflow.nn.silu", "silu", {}),
    ("tf.keras.layers.LeakyReLU", "leaky_relu", {"alpha": 0.3}),
    ("tf.keras.activations.hard_sigmoid", "hard_sigmoid", {}),
    ("keras.activations.gelu", "gelu", {}),
    ("keras.activations.gelu(approximate=True)", "gelu_tanh", {}),
    ("keras.activations.leaky_relu", "leaky_relu", {"alpha": 0.2}),
    ("keras.layers.LeakyReLU", "leaky_relu", {"alpha": 0.3}),
    ("keras.layers.LeakyReLU(0.1)", "leaky_relu", {"alpha": 0.1}),
    ("keras.layers.ReLU(max_value=6)", "relu6", {}),
    ("keras.layers.ReLU(negative_slope=0.1)", "leaky_relu", {"alpha": 0.1}),
    ("keras.layers.PReLU()", "prelu", {"alpha": 0.0}),
    ("tf_keras.activations.hard_sigmoid", "hard_sigmoid", {"alpha": 0.2}),
    ("keras.ops.silu", "silu", {}),
    ("jax.nn.gelu", "gelu_tanh", {}),
    ("jax.nn.gelu(approximate=False)", "gelu", {}),
    ("jax.nn.leaky_relu", "leaky_relu", {}),
    ("flax.linen.PReLU", "prelu", {"alpha": 0.01}),
    ("ONNX HardSigmoid", "hard_sigmoid", {"alpha": 0.2}),
    ("onnx.ThresholdedRelu(alpha=2)", "threshold", {"theta": 2.0}),
    ("ONNX Shrink(lambd=0.25)", "hard_shrink", {"lambd": 0.25}),
    ("paddle.nn.functional.hardsigmoid", "hard_sigmoid", {"alpha": 0.1666667}),
    ("mlx.nn.gelu_approx", "gelu_tanh", {}),
    ("mlx.nn.GELU(approx='fast')", "quick_gelu", {}),
    ("mlx.nn.step(threshold=0.5)", "step", {"theta": 0.5}),
    ("gelu_pytorch_tanh", "gelu_tanh", {}),
    ("gelu_fast", "gelu_tanh", {}),
    ("gelu_new", "gelu_tanh", {}),
    ("quick_gelu", "quick_gelu", {}),
    ("np.tanh", "tanh", {}),
    ("elu(0.5)", "elu", {"alpha": 0.5}),
    ("lecun_tanh(b=2)", "stanh", {"a": 2 / 3, "b": 2.0}),
    ("LeakyReLU(inplace=True):negative_slope=0.4", "leaky_relu", {"alpha": 0.4}),
]


@pytest.mark.parametrize(("text", "name", "changed"), PASTED, ids=[text for text, _, _ in PASTED])
def test_a_print_out_is_the_function_with_its_parameters(text: str, name: str, changed: dict[str, float]) -> None:
    for activation in (actplot.get(text), parse_spec(text)):
        assert activation.name == name
        assert activation.changed == changed


SPELLINGS = [
    (declaration.name, framework, text)
    for declaration in DECLARATIONS.values()
    for framework, texts in shown_spellings(declaration).items()
    for text in texts
]


@pytest.mark.parametrize(("name", "framework", "text"), SPELLINGS, ids=[text for _, _, text in SPELLINGS])
def test_what_info_prints_under_frameworks_can_be_typed_back(name: str, framework: str, text: str) -> None:
    activation = actplot.get(text)
    declaration = DECLARATIONS[name]
    assert activation.declaration is declaration
    assert text in fact_lines_of(name)["frameworks"].splitlines()
    (signature, *_) = (s for s in declaration.signatures[framework] if text.split("(")[0].endswith(s.name))
    expected = {**declaration.parameters, **Spelling(framework, declaration, signature).preset}
    assert dict(activation.values) == expected


def fact_lines_of(name: str, known: dict[str, dict[str, str]] = {}) -> dict[str, str]:  # noqa: B006  (a cache)
    if name not in known:
        known[name] = fact_lines(actplot.get(name))
    return known[name]


def test_every_argument_in_a_signature_means_something() -> None:
    for declaration in DECLARATIONS.values():
        for signatures in declaration.signatures.values():
            for signature in signatures:
                for argument in signature.arguments:
                    known = declaration.key(argument.name) is not None
                    assert known or argument.word is not None or argument.name in FLAGS | WITHOUT_EFFECT


NOTED = [
    ("jax.nn.gelu", "gelu_tanh; other functions of that name: ", ["torch.nn.GELU", "keras.activations.gelu"]),
    ("torch.nn.GELU", "gelu; other functions of that name: ", ["jax.nn.gelu"]),
    ("hard_sigmoid", "hard_sigmoid:alpha=1/6; other", ["ONNX HardSigmoid(alpha=0.2)", "slope=0.1666667"]),
    ("keras.activations.hard_sigmoid", "hard_sigmoid:alpha=1/6; other", ["tf_keras.activations.hard_sigmoid"]),
    ("tf.nn.leaky_relu", "leaky_relu:alpha=0.2; other", ["torch.nn.LeakyReLU", "negative_slope=0.3"]),
    ("LeakyReLU", "leaky_relu:alpha=0.01; other", ["tf.nn.leaky_relu(alpha=0.2)"]),
    ("torch.nn.Softplus", "softplus:threshold=20; other", ["jax.nn.softplus"]),
    ("x*hard_sigmoid(x)", "hard_sigmoid:alpha=1/6; other", ["ONNX HardSigmoid(alpha=0.2)"]),
]


@pytest.mark.parametrize(("text", "part", "others"), NOTED, ids=[text for text, _, _ in NOTED])
def test_a_name_of_several_functions_says_so_in_one_note(text: str, part: str, others: list[str]) -> None:
    done = CliRunner().invoke(app, [text, "--at", "1", "--format", "csv"])
    assert done.exit_code == 0
    assert done.stderr.startswith("actplot: ")
    assert done.stderr.count("\n") == 1
    assert f" is read as {part}" in done.stderr
    assert all(other in done.stderr for other in others)
    assert CliRunner().invoke(app, [text, "--at", "1", "--format", "csv", "-q"]).stderr == ""


@pytest.mark.parametrize(
    "text",
    ["gelu", "leaky_relu", "softplus", "relu", "torch.nn.ReLU", "LeakyReLU(0.2)", "jax.nn.gelu(approximate=True)"],
)
def test_a_name_that_leaves_nothing_open_needs_no_note(text: str) -> None:
    assert actplot.get(text).notes == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("LayerNorm(8)", "it shifts or scales x by the mean and the spread of its neighbours"),
        ("rms_norm", "is no function of x alone"),
        ("glu", "glu takes several inputs, so it has no curve; its gate is sigmoid"),
        ("GLU(dim=-1)", "GLU takes several inputs, so it has no curve"),
        ("SwiGLU", "so it has no curve; its gate is silu"),
        ("geglu", "its gate is gelu"),
        ("reglu", "its gate is relu"),
        ("maxout", "max(x, 0.5*x)"),
        ("crelu", "relu(x) and relu(-x)"),
        ("x*swiglu(x)", "swiglu takes several inputs"),
        ("srelu", "write it out"),
        ("relu(3)", "relu() takes no parameters; write relu(x), or --at for its values"),
        ("nn.ReLU(3)", "takes no parameters"),
        ("ELU(1, 2, 3)", "ELU() takes at most 2 parameters"),
        ("GELU(approximate='tan')", "GELU() wants approximate="),
        ("ELU(alpha='big')", "ELU() takes a number for alpha, not 'big'"),
        ("ELU(alpha=1, alpha=2)", "given alpha twice"),
        ("ELU(1, alpha=2)", "given alpha twice"),
        ("ELU(beta=1)", "ELU() has no parameter 'beta'; it has alpha"),
        ("ELU(alpha=1/0)", "finite number"),
        ("torch.nn.Foo", "no activation named 'Foo'"),
        ("torch.nn.Sigmod()", "did you mean 'sigmoid'?"),
        ("Hardtanh(2, -2)", "lower < upper must hold"),
    ],
)
def test_what_has_no_curve_says_what_to_type(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        actplot.get(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "did you mean 'gelu'" not in str(caught.value)


def test_no_name_stands_both_here_and_elsewhere() -> None:
    own = {normalise(name) for d in DECLARATIONS.values() for name in (d.name, *d.aliases)}
    assert not own & {normalise(name) for name in ELSEWHERE}


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("sigmod", ["sigmoid"]),
        ("rleu", ["relu"]),
        ("gelo", ["gelu"]),
        ("sofplus", ["softplus"]),
        ("softpluss", ["softplus"]),
        ("sigmiod", ["sigmoid"]),
        ("glu", ["gelu", "elu"]),
        ("swiglu", []),
        ("brelu", []),
        ("xx", []),
        ("x" * 100, []),
    ],
)
def test_a_suggestion_is_a_slip_away(typed: str, near: list[str]) -> None:
    words = "relu gelu elu selu silu prelu rrelu trelu lrelu sigmoid softplus softsign tanh".split()
    assert sorted(nearest_words(typed, words)) == sorted(near)


def test_arguments_of_a_call_in_a_formula_are_those_of_the_print_out() -> None:
    pairs: list[tuple[str, str | Activation]] = [
        ("F.leaky_relu(x, 0.2)", "leaky_relu:alpha=0.2"),
        ("F.leaky_relu(x, negative_slope=0.2)", "leaky_relu:alpha=0.2"),
        ("nn.LeakyReLU(0.2)(x)", "leaky_relu:alpha=0.2"),
        ("tf.nn.leaky_relu(x)", "leaky_relu:alpha=0.2"),
        ("F.gelu(x, approximate='tanh')", "gelu_tanh"),
        ("jax.nn.gelu(x)", "gelu_tanh"),
        ("F.threshold(x, 0.5, 2)", "threshold:theta=0.5,value=2"),
        ("F.prelu(x, 0.1)", "prelu:alpha=0.1"),
        ("F.softmax(x, dim=-1)", "softmax"),
        ("x.relu()", "relu"),
    ]
    for formula, spec in pairs:
        for x in (-2.5, -0.25, 0.75, 3.0):
            ours, theirs = actplot.get(str(spec))(x), actplot.get(formula)(x)
            assert [float(v) for v in ours] == [float(v) for v in theirs], formula
    assert math.isclose(float(actplot.get("F.elu(2*x, 0.5)")(-1.0)[0]), 0.5 * math.expm1(-2.0))
