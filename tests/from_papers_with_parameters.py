"""The functions that papers name, with their parameters, written a second time for power series.

The formulas are those of the papers, but not in the words of the declarations: cases for a maximum, exponentials for
a tanh, a root that is rationalised.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flint


def exp(x: Any) -> Any:
    return x.exp()


def tanh(x: Any) -> Any:
    return (exp(x) - exp(-x)) / (exp(x) + exp(-x))


def at(x: Any) -> Any:
    """Return the number that a series stands at."""
    return x[0]


def sigma(x: Any) -> Any:
    return 1 / (1 + exp(-x))


def power(x: Any, p: Any) -> Any:
    """Return a power of what is positive."""
    return exp(p * x.log())


def root(x: Any) -> Any:
    return x.sqrt()


def size(x: Any) -> Any:
    return -x if at(x) < 0 else x


def odd(x: Any, right: Callable[[Any], Any]) -> Any:
    """Return what is known on the right, turned about the origin."""
    return -right(-x) if at(x) < 0 else right(x)


def flat(x: Any, value: float) -> Any:
    return 0 * x + value


def ramp(x: Any) -> Any:
    return x if at(x) > 0 else 0 * x


def smooth_ramp(x: Any) -> Any:
    return (1 + exp(x)).log()


def two(x: Any, left: Any, right: Any) -> Any:
    """Return what stands on one side of the origin; numbers are constants."""
    return right if at(x) > 0 else left


def normal(x: Any) -> Any:
    return (1 + (x / flint.arb(2).sqrt()).erf()) / 2


def bell(x: Any) -> Any:
    return exp(-x * x / 2)


def sech(x: Any) -> Any:
    return 2 / (exp(x) + exp(-x))


def asinh(x: Any) -> Any:
    return odd(x, lambda u: (u + root(u * u + 1)).log())


def lsptlu(x: Any, alpha: float, c: float) -> Any:
    if at(x) < 0:
        return alpha * x
    return x if at(x) < c else 2 * c - x if at(x) < 2 * c else 0 * x


def bfire(x: Any, alpha: float) -> Any:
    return -x - alpha / 2 if at(x) < -alpha else x - alpha / 2 if at(x) > alpha else x * x / alpha / 2


def bounded_bfire(x: Any, alpha: float, b: float) -> Any:
    return flat(x, b) if abs(at(x)) > b + alpha / 2 else bfire(x, alpha)


def n_activation(x: Any, theta: float) -> Any:
    return -x if abs(at(x)) < theta else odd(x, lambda u: u - 2 * theta)


def reltanh(x: Any, a: float, b: float) -> Any:
    end = a if at(x) < a else b if at(x) > b else None
    if end is None:
        return tanh(x)
    there = tanh(flint.arb(end))
    return there + (x - end) * (1 - there) * (1 + there)


def pdelu(x: Any, alpha: float, p: float) -> Any:
    return x if at(x) > 0 else alpha * power(1 + x / p, p) - alpha if at(x) > -p else flat(x, -alpha)


def smelu(x: Any, beta: float) -> Any:
    return ramp(x) if abs(at(x)) > beta else x * x / (4 * beta) + x / 2 + beta / 4


def stac_tanh(x: Any, a: float, b: float) -> Any:
    return tanh(x) if abs(at(x)) < a else odd(x, lambda u: tanh(flint.arb(a)) + b * u - b * a)


def sigmoid_algebraic(x: Any, alpha: float) -> Any:
    u = 1 + alpha * size(x)
    return 1 / (1 + exp(-x / (1 / u + size(x))))


def signed_parabolic(x: Any, epsilon: float) -> Any:
    def right(x: Any) -> Any:
        u = x + 1 + epsilon
        return power(2 * u / (1 + root(1 + 4 * epsilon * u)), 2) - 1

    return odd(x, right)


def smooth_step(x: Any, gamma: float) -> Any:
    u = x / gamma + flint.arb(0.5)
    return flat(x, 0) if at(u) < 0 else flat(x, 1) if at(u) > 1 else u * u * (3 - 2 * u)


def swiglu_oai(x: Any, alpha: float, limit: float) -> Any:
    u = flat(x, limit) if at(x) > limit else x
    return u / (1 + exp(-alpha * u))


def aqulu(x: Any, a: float, b: float) -> Any:
    return 0 * x if at(x) * a + b < 0 else x if at(x) * a + b > 1 else x * (a * x + b)


def smu(x: Any, alpha: float, mu: float) -> Any:
    """Return the greater of x and αx, smoothly: |u| is u erf(μu)."""
    apart = x - alpha * x
    return (x + alpha * x + apart * (mu * apart).erf()) / 2


def blrelu(x: Any, alpha: float, b: float) -> Any:
    return x if 0 < at(x) < b else alpha * x if at(x) < 0 else alpha * (x - b) + b


def gate(x: Any) -> Any:
    """Return a ramp from 0 to 1."""
    return 0 * x if at(x) < 0 else flat(x, 1) if at(x) > 1 else x


def garrote(x: Any, lambd: float) -> Any:
    return (x - lambd) * (x + lambd) / x if abs(at(x)) > lambd else 0 * x


def prbf(x: Any, a: float, b: float) -> Any:
    middle = 0 if abs(at(x)) < a else 2 * a if at(x) > 0 else -2 * a
    return exp(-power(size(x - middle) / b, 2))


FORMULAS: dict[str, Callable[..., Any]] = {
    "shifted_relu": lambda x, delta: x if at(x) > -delta else flat(x, -delta),
    "delay_relu": lambda x, delta: x - delta if at(x) > delta else 0 * x,
    "ramp": lambda x, alpha: two(x, alpha * x, x + alpha * x),
    "star_relu": lambda x, s, b: two(x, flat(x, b), s * x * x + b),
    "prenu": lambda x, alpha: x - alpha * (1 + x).log() if at(x) > 0 else 0 * x,
    "dual_line": lambda x, a, b, m: m + two(x, b * x, a * x),
    "abslu": lambda x, alpha: two(x, alpha * -x, x),
    "pan": lambda x, alpha: ramp(size(x) - alpha),
    "lsptlu": lsptlu,
    "bfire": bfire,
    "bounded_bfire": bounded_bfire,
    "n_activation": n_activation,
    "relu_softplus": lambda x, alpha: ramp(x) + alpha * (smooth_ramp(x) - ramp(x)),
    "pelu": lambda x, alpha, beta: alpha * two(x, exp(x / beta) - 1, x / beta),
    "mpelu": lambda x, alpha, beta: two(x, alpha * exp(beta * x) - alpha, x),
    "pdelu": pdelu,
    "serlu": lambda x, alpha, scale: scale * x * two(x, alpha * exp(x), 1),
    "lselu": lambda x, alpha, scale, beta: scale * two(x, alpha * exp(x) - alpha + beta * x, x),
    "diff_elu": lambda x, alpha, beta: two(x, alpha * x * exp(x) - alpha * beta * exp(beta * x), x),
    "sara": lambda x, alpha, beta: two(x, x * exp(beta * x) / (exp(beta * x) + alpha), x),
    "delu": lambda x, n: two(x, x / (1 + exp(-x)), n * x + x / 2 + 1 - exp(-x)),
    "ptelu": lambda x, alpha, beta: two(x, alpha * tanh(beta * x), x),
    "reltanh": reltanh,
    "erf_relu": lambda x, alpha: two(x, -alpha * (-x).erf(), x),
    "sign_relu": lambda x, alpha: two(x, alpha * x / (1 + size(x)), x),
    "polu": lambda x, alpha: x if at(x) > 0 else 1 / power(1 - x, alpha) - 1,
    "soft_exponential": lambda x, alpha: (exp(alpha * x) - 1 + alpha * alpha) / alpha,
    "psoftplus": lambda x, alpha, b: alpha * smooth_ramp(x) - alpha * b,
    "soft_plus_plus": lambda x, k, c: ((1 + exp(k * x)) / 2).log() + x / c,
    "resp": lambda x, alpha: two(x, smooth_ramp(x), alpha * x + flint.arb(2).log()),
    "smelu": smelu,
    "tanhsoft1": lambda x, alpha: tanh(alpha * x) * smooth_ramp(x),
    "tanhsoft3": lambda x, alpha: (1 + exp(x) * tanh(alpha * x)).log(),
    "mollified_abs": lambda x, epsilon: root(x * x + epsilon),
    "eis2": lambda x, b, c: x * smooth_ramp(x) / root(b + c * x * x),
    "steep_sigmoid": lambda x, k: 1 / (1 + exp(-k * x)),
    "softcap": lambda x, c: c - 2 * c / (exp(2 * x / c) + 1),
    "dyt": lambda x, alpha: 1 - 2 / (exp(2 * alpha * x) + 1),
    "derf": lambda x, alpha, s: 1 - (alpha * x + s).erfc(),
    "penalized_tanh": lambda x, alpha: tanh(x) * two(x, alpha, 1),
    "siglin": lambda x, alpha: sigma(x) + alpha * x,
    "srs": lambda x, alpha, beta: alpha * x * exp(x / beta) / (x * exp(x / beta) + alpha),
    "soft_clipping": lambda x, alpha: ((1 + exp(alpha * x)) / (1 + exp(alpha * x - alpha))).log() / alpha,
    "aranda_ordaz": lambda x, alpha: 1 - 1 / power(1 + alpha * exp(x), 1 / flint.arb(alpha)),
    "sigmoid_algebraic": sigmoid_algebraic,
    "stac_tanh": stac_tanh,
    "tanhlu": lambda x, alpha, beta, lambd: alpha - 2 * alpha / (exp(2 * lambd * x) + 1) + beta * x,
    "psf": lambda x, m: power(sigma(x), m),
    "rootsig": lambda x, alpha: (root(1 + alpha * alpha * x * x) - 1) / (alpha * x),
    "value_rescale": lambda x, epsilon: odd(x, lambda u: root(u + 1) - 1 + epsilon * u),
    "signed_parabolic": signed_parabolic,
    "smooth_step": smooth_step,
    "scaled_softsign": lambda x, alpha, beta: odd(x, lambda u: alpha - alpha * beta / (beta + u)),
    "blu": lambda x, beta: x + beta * root(1 + x * x) - beta,
    "e_swish": lambda x, beta: beta * x / (1 + exp(-x)),
    "swish_t": lambda x, beta, alpha: x * sigma(beta * x) + alpha * tanh(x),
    "swish_t_c": lambda x, beta, alpha: x * sigma(beta * x) + alpha * tanh(beta * x / 2) / beta,
    "b_silu": lambda x, alpha: x * sigma(x) + alpha * tanh(x / 2) / 2,
    "swiglu_oai_gate": swiglu_oai,
    "flatten_t_swish": lambda x, t: two(x, 0 * x, x * sigma(x)) + t,
    "parametric_logish": lambda x, a, b: a * x * (1 + sigma(b * x)).log(),
    "psgu": lambda x, alpha: x - 2 * x / (exp(2 * alpha * sigma(x)) + 1),
    "pats": lambda x, alpha: x * (alpha * flint.arb.pi() / (1 + exp(-x))).atan(),
    "rmaf": lambda x, alpha, p: alpha * x * power(4 / (4 + exp(-x)), p),
    "psechsig": lambda x, alpha: sigma(x) * x + alpha * sigma(x) * sech(x + alpha),
    "ptanhsig": lambda x, alpha: sigma(x) * x + alpha * sigma(x) * tanh(x + alpha),
    "triple_state_swish": lambda x, a, b: x * sigma(x) * (sigma(x) + 1 / (1 + exp(a - x)) + 1 / (1 + exp(b - x))),
    "sc_mish": lambda x, alpha: two(x, 0 * x, x * (1 - 2 / (power(1 + exp(alpha * x), 2) + 1))),
    "acon_b": lambda x, beta, p: p * x + (x - p * x) / (1 + exp(-beta * (x - p * x))),
    "aria2": lambda x, alpha, beta: x * power(sigma(beta * x), alpha),
    "swim": lambda x, alpha: x / 2 + alpha * x * x / root(4 + 4 * x * x),
    "aqulu": aqulu,
    "lau": lambda x, alpha, beta: x * (1 + alpha / (1 + exp(-beta * x))).log(),
    "pstanh": lambda x, alpha, beta: 2 * alpha * x * sigma(2 * beta * x),
    "clipped_gelu": lambda x, limit: flat(x, limit) if at(x * normal(x)) > limit else x * normal(x),
    "erfact": lambda x, alpha, beta: x * (alpha * exp(beta * x)).erf(),
    "pserf": lambda x, gamma, delta: x * (gamma * smooth_ramp(delta * x)).erf(),
    "smu": smu,
    "pgelu": lambda x, sigma: x * normal(x / sigma),
    "blrelu": blrelu,
    "hard_gelu": lambda x, beta: 2 * x * gate(beta * x / 5 + flint.arb(0.5)),
    "psigramp": lambda x, alpha, b: gate(b * x + flint.arb(0.5)) * (1 - alpha) + alpha * sigma(x),
    "garrote": garrote,
    "wave": lambda x, alpha: (1 - x) * (1 + x) / exp(alpha * x * x),
    "morlet": lambda x, omega: bell(x) * (omega * x).cos(),
    "expcos": lambda x, alpha, beta: (beta * x).cos() / exp(alpha * x * x),
    "inverse_multiquadric": lambda x, epsilon: 1 / root(epsilon + x * x),
    "prbf": prbf,
    "scaled_sine": lambda x, alpha: ((alpha * x).sin() * 5 + 3) / 10,
    "sinp": lambda x, alpha: x.sin() - alpha * x,
    "sin_relu": lambda x, alpha, beta: ramp(x) + alpha * (beta * x).sin(),
    "sine_relu": lambda x, epsilon: two(x, epsilon * x.sin() - epsilon * x.cos(), x),
    "sinlu": lambda x, a, b: x * sigma(x) + a * (b * x).sin() * sigma(x),
    "coslu": lambda x, a, b: x * sigma(x) + a * (b * x).cos() * sigma(x),
    "sincos": lambda x, a, b, c, d: a * (b * x).sin() + c * (d * x).cos(),
    "comb_h_sine": lambda x, alpha: (exp(alpha * x) - exp(-alpha * x)) / 2 + asinh(alpha * x),
    "sexp": lambda x, alpha, beta: alpha * exp(beta * x) - alpha,
}

# Two sets for each function, in values that float64 holds exactly.
_SETS: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "shifted_relu": ({"delta": 2}, {"delta": -0.5}),
    "delay_relu": ({"delta": 0.5}, {"delta": -2}),
    "ramp": ({"alpha": 0.5}, {"alpha": -2}),
    "star_relu": ({"s": 2, "b": 0.25}, {"s": 0.5, "b": -3}),
    "prenu": ({"alpha": 0.75}, {"alpha": -2}),
    "dual_line": ({"a": 2, "b": 0.25, "m": -1}, {"a": 0.5, "b": -3, "m": 0.75}),
    "abslu": ({"alpha": 0.25}, {"alpha": -2}),
    "pan": ({"alpha": 2}, {"alpha": 0.25}),
    "lsptlu": ({"alpha": 0.5, "c": 2}, {"alpha": -1, "c": 0.75}),
    "bfire": ({"alpha": 2}, {"alpha": 0.25}),
    "bounded_bfire": ({"alpha": 2, "b": 5}, {"alpha": 0.5, "b": 0.75}),
    "n_activation": ({"theta": 2}, {"theta": 0.25}),
    "relu_softplus": ({"alpha": 0.25}, {"alpha": 2}),
    "pelu": ({"alpha": 2, "beta": 0.5}, {"alpha": 0.25, "beta": 3}),
    "mpelu": ({"alpha": 2, "beta": 0.5}, {"alpha": -0.25, "beta": 3}),
    "pdelu": ({"alpha": 2, "p": 4}, {"alpha": 0.5, "p": 2.5}),
    "serlu": ({"alpha": 2, "scale": 0.5}, {"alpha": 0.25, "scale": 3}),
    "lselu": ({"alpha": 2, "scale": 0.5, "beta": 0.25}, {"alpha": 0.5, "scale": 3, "beta": -1}),
    "diff_elu": ({"alpha": 2, "beta": 0.25}, {"alpha": -0.5, "beta": 3}),
    "sara": ({"alpha": 2, "beta": 0.25}, {"alpha": 0.125, "beta": 3}),
    "delu": ({"n": 2}, {"n": -0.25}),
    "ptelu": ({"alpha": 2, "beta": 0.5}, {"alpha": 0.25, "beta": -3}),
    "reltanh": ({"a": -2, "b": 0.5}, {"a": 0.25, "b": 3}),
    "erf_relu": ({"alpha": 2}, {"alpha": -0.25}),
    "sign_relu": ({"alpha": 2}, {"alpha": -0.25}),
    "polu": ({"alpha": 2}, {"alpha": 0.25}),
    "soft_exponential": ({"alpha": 2}, {"alpha": 0.25}),
    "psoftplus": ({"alpha": 2, "b": 0.25}, {"alpha": -0.5, "b": 3}),
    "soft_plus_plus": ({"k": 2, "c": 4}, {"k": -0.5, "c": 0.25}),
    "resp": ({"alpha": 2}, {"alpha": 0.25}),
    "smelu": ({"beta": 1}, {"beta": 5}),
    "tanhsoft1": ({"alpha": 2}, {"alpha": -0.25}),
    "tanhsoft3": ({"alpha": 2}, {"alpha": 0.25}),
    "mollified_abs": ({"epsilon": 2}, {"epsilon": 0.25}),
    "eis2": ({"b": 2, "c": 0.25}, {"b": 0.5, "c": 3}),
    "steep_sigmoid": ({"k": 2}, {"k": 0.25}),
    "softcap": ({"c": 2}, {"c": 0.25}),
    "dyt": ({"alpha": 2}, {"alpha": 0.25}),
    "derf": ({"alpha": 2, "s": 0.5}, {"alpha": 0.25, "s": -1}),
    "penalized_tanh": ({"alpha": 2}, {"alpha": -0.5}),
    "siglin": ({"alpha": 2}, {"alpha": 0.25}),
    "srs": ({"alpha": 4, "beta": 0.5}, {"alpha": 1.5, "beta": 2}),
    "soft_clipping": ({"alpha": 2}, {"alpha": 0.25}),
    "aranda_ordaz": ({"alpha": 4}, {"alpha": 0.25}),
    "sigmoid_algebraic": ({"alpha": 2}, {"alpha": 0.25}),
    "stac_tanh": ({"a": 2, "b": 0.5}, {"a": 0.25, "b": -1}),
    "tanhlu": ({"alpha": 2, "beta": 0.5, "lambd": 3}, {"alpha": -0.5, "beta": 3, "lambd": 0.25}),
    "psf": ({"m": 3}, {"m": 0.25}),
    "rootsig": ({"alpha": 2}, {"alpha": 0.25}),
    "value_rescale": ({"epsilon": 2}, {"epsilon": 0.25}),
    "signed_parabolic": ({"epsilon": 2}, {"epsilon": 0.25}),
    "smooth_step": ({"gamma": 2}, {"gamma": 8}),
    "scaled_softsign": ({"alpha": 2, "beta": 0.5}, {"alpha": -0.25, "beta": 3}),
    "blu": ({"beta": 2}, {"beta": -0.25}),
    "e_swish": ({"beta": 2}, {"beta": 0.25}),
    "swish_t": ({"beta": 2, "alpha": 0.5}, {"beta": -0.25, "alpha": 3}),
    "swish_t_c": ({"beta": 2, "alpha": 0.5}, {"beta": 0.25, "alpha": -3}),
    "b_silu": ({"alpha": 2}, {"alpha": -0.25}),
    "swiglu_oai_gate": ({"alpha": 2, "limit": 0.5}, {"alpha": 0.25, "limit": 3}),
    "flatten_t_swish": ({"t": 2}, {"t": -0.25}),
    "parametric_logish": ({"a": 2, "b": 0.5}, {"a": -0.25, "b": 3}),
    "psgu": ({"alpha": 2}, {"alpha": 0.25}),
    "pats": ({"alpha": 2}, {"alpha": 0.25}),
    "rmaf": ({"alpha": 2, "p": 0.5}, {"alpha": -0.25, "p": 3}),
    "psechsig": ({"alpha": 2}, {"alpha": -0.25}),
    "ptanhsig": ({"alpha": 2}, {"alpha": -0.25}),
    "triple_state_swish": ({"a": 2, "b": 0.5}, {"a": -0.25, "b": 3}),
    "sc_mish": ({"alpha": 2}, {"alpha": -0.5}),
    "acon_b": ({"beta": 2, "p": 0.5}, {"beta": 0.25, "p": -1}),
    "aria2": ({"alpha": 2, "beta": 0.5}, {"alpha": 0.25, "beta": 3}),
    "swim": ({"alpha": 2}, {"alpha": -0.25}),
    "aqulu": ({"a": 0.5, "b": -0.5}, {"a": 2, "b": -3}),
    "lau": ({"alpha": 4, "beta": 0.5}, {"alpha": 0.25, "beta": 3}),
    "pstanh": ({"alpha": 2, "beta": 0.5}, {"alpha": -0.25, "beta": 3}),
    "clipped_gelu": ({"limit": 2}, {"limit": 0.25}),
    "erfact": ({"alpha": 2, "beta": 0.5}, {"alpha": 0.25, "beta": 3}),
    "pserf": ({"gamma": 2, "delta": 0.5}, {"gamma": 0.25, "delta": 3}),
    "smu": ({"alpha": 0.5, "mu": 3}, {"alpha": -2, "mu": 0.25}),
    "pgelu": ({"sigma": 4}, {"sigma": 0.25}),
    "blrelu": ({"alpha": 0.5, "b": 2}, {"alpha": 0.25, "b": 0.75}),
    "hard_gelu": ({"beta": 2}, {"beta": 0.25}),
    "psigramp": ({"alpha": 0.25, "b": 0.5}, {"alpha": 0.75, "b": 3}),
    "garrote": ({"lambd": 2}, {"lambd": 0.25}),
    "wave": ({"alpha": 2}, {"alpha": 0.25}),
    "morlet": ({"omega": 2}, {"omega": 0.25}),
    "expcos": ({"alpha": 2, "beta": 0.5}, {"alpha": 0.25, "beta": 3}),
    "inverse_multiquadric": ({"epsilon": 2}, {"epsilon": 0.25}),
    "prbf": ({"a": 2, "b": 0.5}, {"a": 0.25, "b": 3}),
    "scaled_sine": ({"alpha": 2}, {"alpha": 0.25}),
    "sinp": ({"alpha": 1.5}, {"alpha": -2}),
    "sin_relu": ({"alpha": 2, "beta": 0.5}, {"alpha": -0.25, "beta": 3}),
    "sine_relu": ({"epsilon": 0.25}, {"epsilon": -2}),
    "sinlu": ({"a": 2, "b": 0.5}, {"a": -0.25, "b": 3}),
    "coslu": ({"a": 2, "b": 0.5}, {"a": -0.25, "b": 3}),
    "sincos": ({"a": 2, "b": 0.5, "c": -1, "d": 3}, {"a": -0.25, "b": 3, "c": 2, "d": 0.5}),
    "comb_h_sine": ({"alpha": 2}, {"alpha": 0.25}),
    "sexp": ({"alpha": 2, "beta": 0.5}, {"alpha": -0.25, "beta": 3}),
}

GIVEN: list[tuple[str, dict[str, float]]] = [(name, given) for name, sets in _SETS.items() for given in sets]
