"""Implementations by others: errors of the kinds that reach users are planted, and each is found and named."""

from __future__ import annotations

import json
import math
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from typer.testing import CliRunner

import actplot
from actplot.arithmetic.formats import FORMATS, read_formats
from actplot.cli.app import app
from actplot.console.screen import Screen
from actplot.errors import UsageError, WorldError
from actplot.gallery import survey, survey_kept
from actplot.implementations import report, sweep
from actplot.implementations.adapters import Jax, Numpy, choose
from actplot.implementations.counted import Counted
from actplot.implementations.examine import Examination, examine, guess
from actplot.implementations.inputs import inputs
from actplot.implementations.measure import Measured
from actplot.implementations.picture import picture
from actplot.implementations.probes import AtKink, Disagreement, Special
from actplot.implementations.report import Findings, sentences, to_json, to_table
from actplot.implementations.tails import Stretch
from actplot.implementations.target import Target, load, read_arguments
from tests.conftest import Run, one_error_line
from tests.terminals import without_styles

Function = Callable[[Any], Any]


def found(f: Function, against: str, dtype: str, slope: Function | None = None, **more: Any) -> Findings:
    """Return what is found out about a function of float64, rounded once to the format."""
    made = Target("mine:f", f, {})
    gradient = Target("mine:df", slope, {}) if slope else None
    wanted = Examination(made, actplot.get(against), (FORMATS[dtype],), gradient, **more)
    (findings,) = examine(wanted, lambda: None)
    assert not findings.failure, findings.failure
    return findings


def narrow(f: Function) -> Function:
    """Return a function that computes in float64 and rounds to the type of its input."""

    def rounded(x: Any) -> Any:
        return f(x.astype(np.float64)).astype(x.dtype)

    return rounded


def gelu(x: Any) -> Any:
    return x * np.vectorize(lambda u: 0.5 * math.erfc(-u / math.sqrt(2)))(x)


def gelu_slope(x: Any) -> Any:
    density = np.exp(-(np.minimum(np.abs(x), 1e3) ** 2) / 2) / math.sqrt(2 * math.pi)
    return np.vectorize(lambda u: 0.5 * math.erfc(-u / math.sqrt(2)))(x) + x * density


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float8_e4m3fn", "float8_e5m2"])
def test_what_is_right_passes(dtype: str) -> None:
    findings = found(narrow(gelu), "gelu", dtype, narrow(gelu_slope))
    assert findings.passed, sentences(findings)
    assert findings.measured is not None
    assert findings.measured.value.worst <= 0.51
    with np.errstate(invalid="ignore"):
        every = FORMATS[dtype].all_inputs().astype(np.float64)
    assert findings.measured.value.judged == np.isfinite(every).sum()


def test_a_sign_below_minus_3_7() -> None:
    findings = found(narrow(lambda x: np.where((x < -3.7) & (x > -4), -gelu(x), gelu(x))), "gelu", "float16")
    assert not findings.passed
    (line,) = [line for line in sentences(findings) if "wrong sign" in line]
    assert "at 153 inputs" in line  # floats between -4 and -3.7: (4 - 3.7)·512, the ends among them or not
    assert "at x = -3.701" in line


def test_a_tail_that_is_cut() -> None:
    findings = found(narrow(lambda x: np.where(x < -5.5, 0.0, gelu(x))), "gelu", "bfloat16")
    assert not findings.passed
    assert any("f is 0 for x < -5.531, though it is not to x = -13.1" in line for line in sentences(findings))


def test_exp_minus_1_in_place_of_expm1() -> None:
    def elu(x: Any) -> Any:
        one = x.dtype.type(1)
        with np.errstate(over="ignore"):
            return np.where(x > 0, x, np.exp(np.minimum(x, 0)) - one)

    findings = found(elu, "elu", "float32", count=20_000)
    assert not findings.passed
    measured = findings.measured
    assert measured is not None
    assert measured.value.worst > 1e6
    assert -1e-6 < measured.value.normal < math.inf
    assert abs(measured.value.x) < 1e-6
    assert any("f is off by" in line for line in sentences(findings))


def test_a_slope_at_3_that_only_the_end_of_a_vector_has() -> None:
    def slope(x: Any) -> Any:
        wide = x.astype(np.float64)
        right = np.where(wide <= -3, 0.0, np.where(wide >= 3, 1.0, wide / 3 + 0.5))
        tail = np.arange(x.size) >= x.size - x.size % 8
        return np.where(tail.reshape(x.shape) & (wide == 3), 1.5, right).astype(x.dtype)

    def hard_swish(x: Any) -> Any:
        return x * np.clip(x + 3, 0, 6) / 6

    findings = found(narrow(hard_swish), "hard_swish", "bfloat16", slope)
    assert not findings.passed
    (line,) = [line for line in sentences(findings) if "vector and scalar" in line]
    assert "f′(3.0) is 1.0 in one call and 1.5" in line
    assert not [line for line in sentences(found(narrow(hard_swish), "hard_swish", "bfloat16")) if "vector" in line]


def test_a_slope_that_is_no_number_past_88() -> None:
    def slope(x: Any) -> Any:
        with np.errstate(all="ignore"):
            taken = (x > 0).astype(x.dtype)
            return taken + (1 - taken) * np.exp(x.astype(np.float32)).astype(x.dtype)

    findings = found(narrow(lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0)))), "elu", "bfloat16", slope)
    assert not findings.passed
    (line,) = [line for line in sentences(findings) if "infinite or NaN" in line]
    assert "f′ is infinite or NaN" in line
    assert "the first at x = 89" in line  # exp(88.5) is a float32 still, exp(89) is not


def test_a_threshold_of_20_on_softplus() -> None:
    def softplus(x: Any) -> Any:
        return np.where(x > 20, x, np.log1p(np.exp(np.minimum(x, 20))))

    findings = found(softplus, "softplus", "float64")
    assert not findings.passed
    measured = findings.measured
    assert measured is not None
    assert 20 < measured.value.x < 20.2
    assert measured.value.worst == pytest.approx(math.log1p(math.exp(-20)) / math.ulp(20.0), rel=0.2)
    assert any("torch.testing" in line and "notices none" in line for line in sentences(findings))


def test_a_cube_that_overflows() -> None:
    def gelu_tanh(x: Any) -> Any:
        with np.errstate(all="ignore"):
            root = x.dtype.type(0.7978845608)
            cubed = (x * x * x).astype(x.dtype)
            return (
                x / 2 * (1 + np.tanh(root * (x + x.dtype.type(0.044715) * cubed * 0 + x * 0 + cubed - cubed)))
            ).astype(x.dtype)

    findings = found(gelu_tanh, "gelu_tanh", "float16")
    assert not findings.passed
    assert any("f is infinite or NaN" in line for line in sentences(findings))


def test_the_value_of_one_function_and_the_slope_of_another() -> None:
    def quick_gelu(x: Any) -> Any:
        return x / (1 + np.exp(np.minimum(-1.702 * x, 700)))

    right = actplot.get("gelu_tanh")
    findings = found(narrow(quick_gelu), "quick_gelu", "float16", narrow(lambda x: right.exact(x, (1,), quick=True)[0]))
    assert not findings.passed
    assert findings.measured is not None
    assert findings.measured.value.worst <= 1
    assert findings.measured.slope is not None
    assert findings.measured.slope.share(4.0) > 0.1
    lines = sentences(findings)
    assert any("f′ is off by" in line for line in lines)
    assert not any("f is off by" in line for line in lines)


def test_another_slope_of_hard_sigmoid() -> None:
    findings = found(narrow(lambda x: np.clip(0.2 * x + 0.5, 0, 1)), "hard_sigmoid", "bfloat16")
    assert not findings.passed
    assert any("f is 0 for x < -2.5" in line for line in sentences(findings))


def test_digits_that_are_cut_in_place_of_rounded() -> None:
    def cut(x: Any) -> Any:
        exact = np.tanh(x.astype(np.float64)).astype(np.float32)
        exact = np.where(
            np.abs(exact.astype(np.float64)) > np.abs(np.tanh(x.astype(np.float64))),
            np.nextafter(exact, np.float32(0)),
            exact,
        )
        return (exact.view(np.uint32) >> 16).astype(np.uint16).view(ml_dtypes.bfloat16)

    findings = found(cut, "tanh", "bfloat16")
    assert findings.measured is not None
    assert findings.measured.value.worst <= 1
    assert any("cut off rather than rounded" in line for line in sentences(findings))


def test_subnormals_that_are_flushed_are_told_apart() -> None:
    tiny = 2.0**-126

    def flushing(x: Any) -> Any:
        y = np.tanh(np.where(np.abs(x) < tiny, 0, x))
        return np.where(np.abs(y) < tiny, 0.0, y)

    findings = found(narrow(flushing), "tanh", "bfloat16")
    assert findings.passed
    assert findings.measured is not None
    assert findings.measured.value.worst > 100 > 1 > findings.measured.value.normal
    assert any("should be subnormal (254 inputs)" in line for line in sentences(findings))


def test_a_slope_at_a_kink_is_a_convention() -> None:
    def slope(x: Any) -> Any:
        return np.where(x > 0, 1.0, np.where(x < 0, 0.0, 0.5))

    findings = found(narrow(lambda x: np.maximum(x, 0)), "relu", "float16", narrow(slope))
    assert findings.passed
    lines = sentences(findings)
    assert "float16: at the kink x = 0 it takes f′ = 0.5, as --at-kink mid does (a convention, no error)" in lines


@pytest.mark.parametrize(
    ("dtype", "got", "exact", "units"),
    [
        ("float16", 1.0, 1.0, 0.0),
        ("float16", 1.0 + 2**-10, 1.0, 1.0),
        ("float16", 1.0 - 2**-11, 1.0, 0.5),
        ("float16", 2.0**-24, 0.0, 1.0),
        ("float16", math.inf, 65520.0, 0.5),
        ("float16", math.inf, 1e6, 0.0),
        ("float16", math.inf, 65503.0, math.inf),
        ("float16", 65504.0, 1e6, 1.0),
        ("float16", math.nan, 1.0, math.inf),
        ("bfloat16", 1.0078125, 1.0, 1.0),
        ("bfloat16", 2.0**-133, 0.0, 1.0),
        ("float32", 1.0 + 2**-23, 1.0, 1.0),
        ("float8_e4m3fn", 1.125, 1.0, 1.0),
    ],
)
def test_units_in_the_last_place(dtype: str, got: float, exact: float, units: float) -> None:
    assert FORMATS[dtype].errors(np.array([got]), np.array([exact])).tolist() == [units]


def test_inputs_of_float32_are_dense_where_something_happens() -> None:
    x = inputs(FORMATS["float32"], [3.0], 10_000).astype(np.float64)
    assert 9_000 < x.size < 20_000
    assert {3.0, math.nextafter(3.0, 4.0)} - set(x.tolist()) == {math.nextafter(3.0, 4.0)}
    assert float(np.nextafter(np.float32(3), np.float32(4))) in x
    _, exponents = np.frexp(x[x > 0])
    assert set(range(-125, 129)) <= set(exponents.tolist())
    assert (np.diff(x[x != 0]) > 0).all()


def test_names_of_formats() -> None:
    assert [each.name for each in read_formats("all")] == ["bfloat16", "float16", "float32", "float64"]
    assert [each.name for each in read_formats("f16, bf16,half")] == ["float16", "bfloat16"]
    with pytest.raises(UsageError, match="there is no 'int8'"):
        read_formats("int8")


def test_arguments() -> None:
    assert read_arguments(["approximate=tanh", "a=2,b=0.5", "c=true"]) == {
        "approximate": "tanh",
        "a": 2,
        "b": 0.5,
        "c": True,
    }
    with pytest.raises(UsageError, match="is not NAME=VALUE"):
        read_arguments(["tanh"])


def test_what_a_framework_calls_it_is_known() -> None:
    def path(spec: str, **given: object) -> str:
        return guess(Target(spec, len, given)).name

    assert path("torch.nn.functional:gelu") == "gelu"
    assert path("torch.nn.functional:gelu", approximate="tanh") == "gelu_tanh"
    assert path("torch.nn:ReLU6") == "relu6"
    assert path("jax.nn:gelu") == "gelu_tanh"
    with pytest.raises(UsageError, match="name the function with --against"):
        path("mine:act")


SOURCE = """
import numpy as np
def right(x): return np.tanh(x.astype(np.float64)).astype(x.dtype)
def slope(x): return (1 - np.tanh(x.astype(np.float64)) ** 2).astype(x.dtype)
def one(x): return max(0.0, x)
def ends(x): raise BaseException("the end")
def raises(x): raise RuntimeError("first line\\nno kernel for this")
def short(x): return x[1:]
def other(x): return x.astype(np.float32) * np.float32(1)
def prints(x): print("hello"); return right(x)
def changes(x): x *= 1.0; x[...] = x * 0.5; return x
def half(x): return right(x).astype(np.float16)
def nothing(x): return None
def random(x): return (x + np.random.random(x.shape)).astype(x.dtype)
def batched(x):
    if x.ndim != 2: raise ValueError("expected 2 dimensions")
    return right(x)
class Scaled:
    def __init__(self, factor=1): self.factor = factor
    def __call__(self, x): return right(x * x.dtype.type(self.factor))
number = 3
"""


@pytest.fixture
def code(tmp_path: Path) -> Path:
    (tmp_path / "act.py").write_text(SOURCE)
    (tmp_path / "broken.py").write_text("import math\n1 / 0\n")
    (tmp_path / "missing.py").write_text("import no_such_module\n")
    return tmp_path


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("ends", "it can't be called with 3 numbers of float16: BaseException: the end"),
        ("raises", "it can't be called with 3 numbers of float16: RuntimeError: no kernel for this"),
        ("short", "f has the shape (96,) for inputs of the shape (97,)"),
        ("other", "f is float32 where the inputs are float16; --dtype chooses"),
        ("nothing", "f gives no array of numbers"),
        ("changes", "it changes its input: what it is called with is not what it was; use no in-place operation"),
        ("random", "it gives other values when it is called again; set it to evaluation, or give it a seed"),
    ],
)
def test_what_can_not_be_judged_is_told_in_one_line(target: str, words: str, run: Run, code: Path) -> None:
    done = run("check", f"act.py:{target}", "--against", "tanh", "--dtype", "float16")
    assert done.returncode == 1
    assert one_error_line(done).startswith(f"actplot: error: act.py:{target} can't be judged: {words}")
    assert not done.stdout


def test_what_it_does_besides_is_told_too(run: Run, code: Path) -> None:
    for target, words in {"prints": "it prints", "batched": "it takes batches only"}.items():
        done = run("check", f"act.py:{target}", "--against", "tanh", "--dtype", "float16")
        assert done.returncode == 0, done.stderr
        (line,) = [line for line in done.stdout.decode().splitlines() if words in line]
        assert line.startswith("float16: ")
        assert "hello" not in done.stdout.decode()


def test_one_format_that_it_does_not_take_is_told_among_others(run: Run, code: Path) -> None:
    done = run("check", "act.py:half", "--against", "tanh", "--dtype", "float16,e5m2")
    assert done.returncode == 1
    lines = done.stdout.decode().splitlines()
    assert "float8_e5m2: f is float16 where the inputs are float8_e5m2; --dtype chooses" in lines
    assert [line.split()[:2] for line in lines if line.startswith("float16 ")] == [["float16", "f"]]
    assert b"act.py:half is not tanh in float8_e5m2; the report says where" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("broken.py:f",), "broken.py can't be imported: ZeroDivisionError: division by zero"),
        (("missing.py:f",), "missing.py can't be imported: ModuleNotFoundError: No module named 'no_such_module'"),
        (("nowhere:f",), "there is no module nowhere here; install nowhere"),
        (("act.py:rihgt",), "act.py has no 'rihgt'; did you mean 'right'?"),
        (("act.py:number",), "act.py:number is int, which can't be called"),
        (("act.py:right", "act.py:slope"), "one implementation at a time"),
        (("act.py:right",), "what act.py:right should be is not known; name the function with --against"),
        (("act.py:right", "--against", "tanh", "--dtype", "f12"), "--dtype: there is no 'f12'"),
        (("act.py:Scaled", "--against", "tanh", "--with", "size=3"), "act.py:Scaled can't be made: TypeError"),
        (("none.py:f",), "there is no file none.py"),
    ],
)
def test_what_cannot_be_measured(arguments: tuple[str, ...], words: str, run: Run, code: Path) -> None:
    done = run("check", *arguments)
    assert done.returncode in (1, 2)
    assert words in one_error_line(done)


def test_from_the_command_line(run: Run, code: Path) -> None:
    done = run(
        "check", "act.py:right", "--against", "tanh", "--dtype", "f16", "--gradient", "act.py:slope", "-o", "e.svg"
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.decode().splitlines() if line.startswith(("float16 ", "  "))]
    assert rows[1][:4] == ["float16", "f", "63,488", "0.5"]
    assert rows[1][-1] == "ok"
    assert rows[2][:2] == ["f′", "63,488"]
    assert "Error of f" in (code / "e.svg").read_text(encoding="utf-8")
    again = run("check", "act.py:right", "--against", "tanh", "--dtype", "f16", "--json", "-q")
    record = json.loads(again.stdout)
    assert record["passed"] is True
    assert record["formats"][0]["f"]["judged"] == 63488
    assert record["formats"][0]["df"] is None
    assert record["formats"][0]["every_input"] is True


def test_a_class_is_made_and_a_function_of_one_number_is_called_one_by_one(run: Run, code: Path) -> None:
    assert run("check", "act.py:Scaled", "--against", "tanh", "--dtype", "f16").returncode == 0
    worse = run("check", "act.py:Scaled", "--with", "factor=2", "--against", "tanh", "--dtype", "f16")
    assert worse.returncode == 1
    assert b"act.py:Scaled is not tanh in float16" in worse.stderr
    assert run("check", "act.py:one", "--against", "relu", "--dtype", "f64").returncode == 0


def test_what_is_installed_nowhere_else_is_imported_from_the_current_folder(run: Run, code: Path) -> None:
    assert run("check", "act:right", "--against", "tanh", "--dtype", "f16").returncode == 0


def test_ctrl_c_keeps_what_was_measured(code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from actplot.cli import implementation

    def interrupted(_wanted: object, _advance: object) -> Any:
        yield found(narrow(np.tanh), "tanh", "float16")
        raise KeyboardInterrupt

    monkeypatch.setattr("actplot.implementations.examine.examine", interrupted)
    wanted = Examination(Target("a:b", len, {}), actplot.get("tanh"), tuple(read_formats("all")))
    kept, is_complete = implementation._examined(wanted, quiet=True)
    assert [each.format.name for each in kept] == ["float16"]
    assert not is_complete


def tanhs(text: str, chunks: int, **more: Any) -> Examination:
    """Return an examination of so many chunks of 4096 inputs from 1 on."""
    Path("act.py").write_text(text)
    bounds = (1.0, 1.0 + (4096 * chunks - 1) * 2.0**-23)
    target = load("act.py:right", {})
    return Examination(target, actplot.get("tanh"), (FORMATS["float32"],), bounds=bounds, backend="threading", **more)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(sweep, "CHUNK", 4096)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("backend", ["threading", "loky", "lists"])
def test_all_inputs_in_chunks_are_what_they_are_at_once(backend: str) -> None:
    joblib: Any = import_module("joblib")
    threads = joblib.parallel.ThreadingBackend
    lists = type("Lists", (threads,), {"supports_return_generator": False})  # nor does ray's
    joblib.register_parallel_backend("lists", lists)
    wanted = replace(tanhs("import numpy as np\ndef right(x): return np.tanh(x)\n", 3), backend=backend)
    steps: list[None] = []
    (swept,) = examine(wanted, lambda: steps.append(None))
    bits = np.arange(3 * 4096, dtype=np.uint32) + np.float32(1).view(np.uint32)
    whole, _ = wanted.judge(FORMATS["float32"]).counted(bits.view(np.float32))
    assert len(steps) == wanted.blocks + 3 == 3  # nothing is left
    assert swept.measured is not None
    assert swept.measured.exhaustive
    assert swept.measured.value.judged == 3 * 4096
    assert swept.measured.value.above == whole.above
    assert whole.above[0.5] > 100  # it rounds more than once
    assert (swept.measured.value.worst, swept.measured.value.x) == (whole.worst, whole.x)
    np.testing.assert_array_equal(swept.measured.value.columns, whole.columns)


@pytest.mark.usefixtures("small")
def test_what_was_measured_is_not_measured_again_until_something_changes() -> None:
    wanted = tanhs(SOURCE, 4)

    def third() -> None:
        steps.append(None)
        if len(steps) == 3:
            raise KeyboardInterrupt

    steps: list[None] = []
    ended = examine(wanted, third)
    findings = next(ended)
    assert "float32: ended when 75 % of its inputs were tried" in sentences(findings)
    assert findings.measured is not None
    assert findings.measured.value.judged == 3 * 4096
    assert not findings.measured.exhaustive
    with pytest.raises(KeyboardInterrupt):
        next(ended)
    again = tanhs(SOURCE, 4)
    assert len(again.sweeps["float32"].left) == 1
    assert again.sweeps["float32"].told.startswith("3 of 4 parts were measured before; delete ")
    (findings,) = examine(again, lambda: None)
    assert findings.measured is not None
    assert findings.measured.value.judged == 4 * 4096
    assert not tanhs(SOURCE, 4).sweeps["float32"].left
    assert len(replace(again, wants_gradient=False).sweeps["float32"].left) == 4
    assert len(tanhs(SOURCE + "# changed", 4).sweeps["float32"].left) == 4
    again.sweeps["float32"].kept.path.write_text("{}")  # type: ignore[union-attr]
    assert len(tanhs(SOURCE, 4).sweeps["float32"].left) == 4


def test_chunks_are_all_of_float32() -> None:
    chunks = sweep._chunks(FORMATS["float32"], None)
    assert len(chunks) == 2 * 255 * 2**23 // 2**20  # every exponent but that of infinity, of either sign
    assert sweep._chunks(FORMATS["float32"], (-1.0, -1.0)) == [(0x80000000 + 0x3F800000) // 2**20]


@pytest.mark.parametrize(
    ("backend", "missing", "words"),
    [
        ("loky", "joblib", "joblib is not installed; install it with: pip install 'actplot[cluster]'"),
        ("ray", "ray", "--backend ray needs ray, which is not installed; install it with: pip install ray"),
        ("nowhere", "", "--backend: joblib knows no 'nowhere'; choose loky, threading, dask or ray"),
    ],
)
def test_a_backend_that_is_not_there(backend: str, missing: str, words: str, run: Run, code: Path) -> None:
    arguments = ("check", "act.py:right", "--against", "tanh", "--all-inputs", "--backend", backend)
    done = run(*arguments, before=f"import sys; sys.modules[{missing!r}] = None" if missing else "")
    assert done.returncode == (1 if missing else 2)
    assert words in one_error_line(done)
    assert "--all-inputs is for float32" in one_error_line(run(*arguments, "--dtype", "f16"))


def test_a_backend_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def start() -> None:
        raise OSError("no scheduler\nat 10.0.0.1")

    monkeypatch.setitem(sweep.PREPARED, "dask", start)
    with pytest.raises(WorldError, match=r"^--backend dask can't be started: OSError: at 10\.0\.0\.1$"):
        sweep.prepare("dask")


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    from actplot.implementations import trial, watching

    if not hasattr(signal, "setitimer"):
        return
    monkeypatch.setattr(watching, "PATIENCE", 0.05)
    slow = load_slow()
    made = trial.Trial(slow, FORMATS["float16"])
    with pytest.raises(WorldError, match=r"f of 3 numbers took more than 0\.05 s"):
        made.values(np.zeros(3, dtype=np.float16))
    with pytest.raises(WorldError, match=r"a call with 3 numbers took more than 0\.05 s"):
        choose(slow.function, FORMATS["float16"])


def load_slow() -> Numpy:
    import time

    def sleeps(x: Any) -> Any:
        time.sleep(5)
        return x

    return Numpy(sleeps)


def test_it_is_run_only_because_it_was_named(code: Path) -> None:
    (code / "side.py").write_text("open('ran', 'w').close()\nfrom act import right\n")
    with pytest.raises(UsageError):
        actplot.get("side:right")
    assert not (code / "ran").exists()


@pytest.mark.parametrize("framework", ["torch", "jax", "mlx"])
def test_frameworks(framework: str) -> None:
    pytest.importorskip(framework)
    target = load({"torch": "torch.nn.functional:silu", "jax": "jax.nn:silu", "mlx": "mlx.nn:silu"}[framework], {})
    (findings,) = examine(Examination(target, guess(target), (FORMATS["bfloat16"],)), lambda: None)
    assert findings.framework == framework
    assert findings.measured is not None
    assert findings.measured.slope is not None
    assert findings.measured.value.judged == 65280
    assert findings.measured.slope.judged > 50_000  # far out double-doubles leave slopes open


def test_what_mlx_makes_of_another_type_is_told() -> None:
    pytest.importorskip("mlx")
    target = load("mlx.nn:step", {})
    (findings,) = examine(Examination(target, guess(target), (FORMATS["bfloat16"],)), lambda: None)
    assert findings.failure == "f is int32 where the inputs are bfloat16; --dtype chooses"


def test_a_slope_that_jax_can_not_compile_is_taken_all_the_same() -> None:
    jax = pytest.importorskip("jax")

    def chooses(x: Any) -> Any:
        return jax.numpy.tanh(x) if x[0] < 100 else x

    adapter = Jax(chooses)
    x = np.array([0.5, 1.0])
    for _ in range(2):
        np.testing.assert_allclose(adapter.slopes(x), [0.7864477329659274, 0.4199743416140261], rtol=1e-14)
    assert adapter.compiled is None
    assert Jax(jax.numpy.tanh).compiled is not None


def test_frameworks_are_surveyed_by_what_they_spell() -> None:
    spelled = [(each.path, against.name, given) for each, against, given in survey.entries(["torch", "jax", "mlx"])]
    assert ("torch.nn.GELU", "gelu_tanh", {"approximate": "tanh"}) in spelled
    assert ("jax.nn.gelu", "gelu", {"approximate": False}) in spelled
    assert ("jax.nn.gelu", "gelu_tanh", {}) in spelled
    assert ("mlx.nn.gelu_fast_approx", "quick_gelu", {}) in spelled
    assert ("mlx.nn.GELU", "gelu_tanh", {"approx": "tanh"}) in spelled
    assert not [path for path, *_ in spelled if "oftmax" in path or path.endswith("prelu")]
    assert len({repr(each) for each in spelled}) == len(spelled)


def test_a_page_of_frameworks(tmp_path: Path) -> None:
    def softplus(x: Any) -> Any:
        return np.where(x > 20, x, np.log1p(np.exp(np.minimum(x, 20))))

    def cut(x: Any) -> Any:
        return np.where(x < -4.0, 0.0, gelu(x))

    made = [
        survey.Surveyed("here", "here.gelu", actplot.get("gelu"), [found(narrow(cut), "gelu", "float16")]),
        survey.Surveyed("here", "here.softplus", actplot.get("softplus"), [found(softplus, "softplus", "float64")]),
        survey.Surveyed("there", "there.act", actplot.get("relu"), [Findings(FORMATS["float16"], "", failure="no|pe")]),
    ]
    lines = survey.page(made, {"a.png": "A picture"}, {"here": "1.2"}, "1 May 2030").splitlines()
    assert "![A picture](a.png)" in lines
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| ")]
    assert [row[:2] for row in rows if row[0] != "function"] == [
        ["`here.gelu`", "float16"],
        ["`here.softplus`", "float64"],
        ["`there.act`", "float16"],
    ]
    gelu_row, softplus_row, failed = (row for row in rows if row[0] != "function")
    assert gelu_row[4:6] == ["–", "–"]
    assert gelu_row[6].startswith("f 0 for x < -4.004, due to -")
    assert softplus_row[3] == "20"
    assert softplus_row[2].endswith("e+05")
    assert failed[2:] == ["–", "–", "–", "–", "no pe"]
    survey.write(tmp_path / "out", made[:1], [])
    assert (
        (tmp_path / "out" / "README.md").read_text(encoding="utf-8").startswith("# Frameworks' activations, measured")
    )


def test_a_survey_that_was_ended_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def entries(_frameworks: object) -> Any:
        for name, against in (("tanh", "tanh"), ("exp", "exponential")):
            yield SimpleNamespace(framework="numpy", path=f"numpy.{name}"), actplot.get(against), {}

    def measured(wanted: Examination, advance: Callable[[], None]) -> Any:
        asked.append(wanted.target.spec)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return examine(wanted, advance)

    def surveyed() -> tuple[int, list[str]]:
        asked.clear()
        code = survey.main([str(tmp_path / "out"), "numpy"])
        return code, (tmp_path / "out" / "README.md").read_text(encoding="utf-8").splitlines()

    asked: list[str] = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(survey, "entries", entries)
    monkeypatch.setattr(survey, "examine", measured)
    monkeypatch.setattr(survey, "COMMON", ("float16", "float32"))
    monkeypatch.setattr(survey, "COUNT", 1000)
    monkeypatch.setattr(survey, "MOST_PICTURES", 0)
    code, ended = surveyed()
    assert (code, asked) == (130, ["numpy:tanh", "numpy:exp"])
    assert "Not measured, for this run was ended: `numpy.exp`." in ended
    code, whole = surveyed()
    assert (code, asked) == (0, ["numpy:exp"])
    rows = [line for line in whole if line.startswith(("| `", "|  |"))]
    assert [row.split("|")[1:3] for row in rows] == [
        [" `numpy.tanh` ", " float16 "],
        ["  ", " float32 "],
        [" `numpy.exp` ", " float16 "],
        ["  ", " float32 "],
    ]
    assert rows[:2] == [line for line in ended if line.startswith(("| `", "|  |"))]
    assert surveyed() == (0, whole)
    assert not asked
    monkeypatch.setattr(survey, "COUNT", 1001)
    surveyed()
    assert asked == ["numpy:tanh", "numpy:exp"]
    assert "2 of 2 were measured before" in capsys.readouterr().err


def test_what_is_kept_of_a_survey_is_all_of_it() -> None:
    def cut(x: Any) -> Any:
        return np.where(x < -4.0, 0.0, np.where(x > 100, np.nan, gelu(x)))

    for findings in (
        found(narrow(cut), "gelu", "float16", narrow(gelu_slope)),
        found(narrow(lambda x: np.maximum(x, 0)), "relu", "bfloat16", narrow(np.sign)),
        Findings(FORMATS["float16"], "here", failure="it does not go"),
    ):
        (again,) = survey_kept.of_record(json.loads(json.dumps(survey_kept.to_record([findings]))))
        assert sentences(again) == sentences(findings)
        assert survey._row("x", again) == survey._row("x", findings)
        json_of = [report.to_json("x", actplot.get("gelu"), [each]) for each in (again, findings)]
        assert json_of[0] == json_of[1]
        if findings.measured and again.measured:
            np.testing.assert_array_equal(again.measured.value.columns, findings.measured.value.columns)
            np.testing.assert_array_equal(again.measured.value.heights, findings.measured.value.heights)


def test_a_survey_needs_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert survey.main([]) == 2
    assert capsys.readouterr().err.startswith("actplot: error: no folder is named; write python -m")


def test_the_truth_is_known_where_double_doubles_leave_it_open() -> None:
    def log_sigmoid(x: Any) -> Any:
        return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))

    for f, against in ((log_sigmoid, "log_sigmoid"), (lambda x: x * np.clip(x + 3, 0, 6) / 6, "hard_swish")):
        findings = found(narrow(f), against, "bfloat16")
        assert findings.passed, sentences(findings)
        assert findings.measured is not None
        assert findings.measured.value.worst <= 0.51
    assert not found(narrow(lambda x: np.where(x < -1e25, 0.0, log_sigmoid(x))), "log_sigmoid", "bfloat16").passed
    far = narrow(lambda x: np.where(x > 1e30, np.nan, np.exp(np.minimum(x, 1e3))))
    assert not found(far, "exponential", "bfloat16").passed


SHORT = """
import numpy as np
def tanh(x): return np.tanh(x.astype(np.float64)).astype(x.dtype)
def slope(x): return (1 - np.tanh(x.astype(np.float64)) ** 2).astype(x.dtype)
def times(x, by=1.0): return (by * np.tanh(x.astype(np.float64))).astype(x.dtype)
def raises(x): raise RuntimeError("no kernel")
def one(x): return max(0.0, x)
def half(x):
    if x.dtype != np.float16: raise RuntimeError("no kernel")
    return tanh(x)
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "short.py").write_text(SHORT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def checked(*arguments: str) -> tuple[str, str, str]:
    """Return standard output, standard error, and what ended the command, of which there may be nothing."""
    done = CliRunner().invoke(app, ["check", *arguments])
    return done.stdout, done.stderr, str(done.exception or "")


def record(*arguments: str) -> Any:
    """Return the only format of what is printed as JSON for a function of ``short.py``."""
    out, notes, _ = checked(*arguments, "--json", "-q")
    assert notes == ""
    (only,) = json.loads(out)["formats"]
    return only


@pytest.mark.usefixtures("here")
def test_what_is_asked_of_an_implementation_is_what_is_measured() -> None:
    first = "short.py:tanh", "--dtype", "e4m3"
    out, notes, problem = checked(*first)
    assert notes == "actplot: compared with tanh, which short.py.tanh is known as\n"
    assert problem == ""
    assert "float8_e4m3fn: no gradient was judged; name one with --gradient MODULE:FUNCTION" in out.splitlines()
    one = record(*first)
    assert (one["f"]["judged"], one["df"], one["max_ulp"], one["every_input"]) == (254, None, [1.0, 4.0], True)
    assert record(*first, "--range", "1", "2")["f"]["judged"] == 9  # eighths
    assert record(*first, "--gradient", "short.py:slope")["df"]["judged"] == 254
    both = json.loads(checked("short.py:tanh", "--dtype", "e5m2,e4m3", "--json")[0])["formats"]
    assert [each["dtype"] for each in both] == ["float8_e5m2", "float8_e4m3fn"]
    out, _, problem = checked(*first, "--max-ulp", "0.25", "--json")
    assert problem == "short.py:tanh is not tanh in float8_e4m3fn; the report says where"
    assert json.loads(out)["formats"][0]["max_ulp"] == [0.25, 0.25]
    at = {
        place: record("short.py:tanh", "--against", f"max(x, {place})", *first[1:], "--gradient", "short.py:slope")
        for place in (0.1, 0.125)  # of which one is a number of the format
    }
    assert {place: [kink["x"] for kink in found["kinks"]] for place, found in at.items()} == {0.1: [], 0.125: [0.125]}
    doubled = "short.py:times", "--dtype", "e4m3", "--against", "2*tanh(x)"
    assert record(*doubled, "--with", "by=2")["passed"]
    out, notes, problem = checked(*doubled)
    assert (notes, problem) == ("", "short.py:times is not 2*tanh(x) in float8_e4m3fn; the report says where")


@pytest.mark.usefixtures("here")
def test_what_takes_no_format_is_an_error_and_a_record() -> None:
    raising = "short.py:raises", "--against", "tanh", "--dtype", "e4m3"
    said = "it can't be called with 3 numbers of float8_e4m3fn: RuntimeError: no kernel"
    assert checked(*raising) == ("", "", f"short.py:raises can't be judged: {said}")
    out, _, problem = checked(*raising, "--json", "-o", "a.csv")
    assert json.loads(out)["formats"][0]["failure"] == said
    assert problem == "short.py:raises is not tanh in float8_e4m3fn; the report says where"
    assert not Path("a.csv").exists()  # there is nothing to draw
    _, _, problem = checked("short.py:one", "--against", "relu", "--dtype", "e4m3")  # of Python's own numbers
    assert problem.startswith("short.py:one can't be judged: it can't be called with 3 numbers of float8_e4m3fn: Val")
    out, _, problem = checked("short.py:half", "--against", "tanh", "--dtype", "f16,e4m3", "--range", "1", "2")
    assert f"float8_e4m3fn: {said}" in out.splitlines()
    assert problem == "short.py:half is not tanh in float8_e4m3fn; the report says where"


@pytest.mark.usefixtures("here")
def test_the_picture_of_an_implementation_goes_to_files_and_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = "short.py:times", "--against", "tanh", "--with", "by=2", "--dtype", "e4m3"
    piped, notes, _ = checked(*wrong, "-o", "a.csv", "-o", "b.md")
    assert notes == ""
    assert "Error of f" not in piped
    assert Path("a.csv").read_text().splitlines()[0] == "panel,name,x,line,dots,low,high"
    assert {line.split(",")[0] for line in Path("a.csv").read_text().splitlines()[1:]} == {"f", "f-error"}
    assert Path("b.md").read_text(encoding="utf-8").startswith("**short.py:times and Tanh**\n")
    assert json.loads(checked(*wrong, "--json", "-o", "c.csv")[0])["target"] == "short.py:times"
    assert Path("c.csv").read_bytes() == Path("a.csv").read_bytes()
    assert checked(*wrong, "-o", "d.csv", "--style", "nosuch")[2].startswith("no style named 'nosuch'")
    assert not Path("d.csv").exists()
    monkeypatch.setattr(Screen, "of_stdout", lambda: Screen(60, 20, True, True, "utf-8"))
    shown = without_styles(checked(*wrong)[0])
    table, chart = shown.split("short.py:times and Tanh")
    assert "Error of f" in chart
    assert len(chart.splitlines()) <= 19  # the prompt that follows must not push it out
    assert (table.count("f is off by"), chart.count("f is off by")) == (1, 0)


@pytest.mark.usefixtures("small", "here")
def test_all_inputs_are_gone_on_with_by_the_same_command(monkeypatch: pytest.MonkeyPatch) -> None:
    end = repr(1.0 + (4096 * 3 - 1) * 2.0**-23)
    every = "short.py:tanh", "--gradient", "none", "--range", "1", end, "--all-inputs", "--backend", "threading"

    @contextmanager
    def ended(_what: str, total: int, _quiet: bool) -> Iterator[Callable[[], None]]:
        steps: list[None] = []

        def advance() -> None:
            steps.append(None)
            if len(steps) == 2:
                raise KeyboardInterrupt

        assert total == 3
        yield advance

    with monkeypatch.context() as patched:
        patched.setattr("actplot.console.progress.progress", ended)
        done = CliRunner().invoke(app, ["check", *every])
    assert done.exit_code == 130
    assert "float32: ended when 67 % of its inputs were tried" in done.stdout
    assert re.search(r"\nactplot: what is known is in \S+; the same command goes on from there\n$", done.stderr)
    _, notes, _ = checked(*every)
    assert "actplot: 2 of 3 parts were measured before; delete " in notes
    out, notes, _ = checked(*every, "--json", "-q")
    assert (notes, json.loads(out)["formats"][0]["every_input"]) == ("", True)
    assert checked(*every, "--dtype", "e4m3")[2].startswith("--all-inputs is for float32: narrower")


# ---- the report, of findings that are made up


def made_up() -> Findings:
    """Return findings of float16, all of whose numbers differ."""
    f = Counted(1000, 12.5, -3.0, 0.25, 0.5, 2.5, {0.5: 123, 1.0: 20, 4.0: 3}, 7, (-2.0, -0.125, 0.0625), 5, 9.0)
    f.stretches = [Stretch(-10.0, -5.5, 40), Stretch(6.5, 11.0, 1200)]
    f.outward, f.flushed, f.unnoticed = 4, 1600, False
    df = Counted(990, 0.75, 1.5, 3.0, 4.0, 0.75, {0.5: 99, 1.0: 0, 4.0: 0}, outward=1, unflushed=2, flushed=3)
    measured = Measured(FORMATS["float16"], (-5.0, 5.0), f, df, exhaustive=True, tried=0.25)
    return Findings(
        FORMATS["float16"],
        "numpy",
        measured,
        (1.5, 4.0),
        habits=["it prints"],
        disagreements=[Disagreement("f′", "3 at a time", 1.0, 2.0, 2.5)],
        specials=[Special(math.inf, math.nan, 1.0), Special(math.nan, math.nan, math.nan), Special(-0.0, 0.0, -0.0)],
        kinks=[AtKink(0.0, 0.5, ("mid", "jax")), AtKink(2.0, 7.0, ())],
    )


def test_every_sentence_of_a_report() -> None:
    findings = made_up()
    assert sentences(findings) == [
        "float16: ended when 25 % of its inputs were tried",
        "float16: f is off by 12.5 ULP: 0.25 for 0.5 at x = -3",
        "float16: f is infinite or NaN at 5 inputs where it is finite, the first at x = 9",
        "float16: f is 0 for x < -5.5, though it is not to x = -10 (40 inputs)",
        "float16: f is 0 for x > 6.5, though it is not to x = 11 (1,200 inputs)",
        "float16: f has the wrong sign at 7 inputs: -0.125 for 0.0625 at x = -2",
        "float16: f is 0 where it should be subnormal (1,600 inputs); the largest error elsewhere is 2.5 ULP",
        "float16: vector and scalar code disagree: f′(1.0) is 2.0 in one call and 2.5 3 at a time",
        "float16: f(inf) is nan, not 1",
        "float16: at the kink x = 0 it takes f′ = 0.5, as --at-kink mid or jax does (a convention, no error)",
        "float16: at the kink x = 2 it takes f′ = 7, which no rule at kinks does (a convention, no error)",
        "float16: it prints",
    ]
    assert findings.measured is not None
    value, slope = findings.measured.value, findings.measured.slope
    assert slope is not None
    value.unnoticed, slope.outward, value.worst, value.normal = True, 0, 1.6e6, math.inf
    told = sentences(findings)
    assert told[1] == "float16: f is off by 1.6e6 ULP: 0.25 for 0.5 at x = -3"
    assert "float16: f′ is cut off rather than rounded: no result is farther from 0 than the exact value" not in told
    slope.above[0.5] = 100  # more than a tenth
    assert "float16: f′ is cut off rather than rounded: no result is farther from 0 than the exact value" in (
        sentences(findings)
    )
    assert told[-1] == ("float16: the tolerance of torch.testing (0.001 relative, 1e-05 absolute) notices none of this")
    value.worst = math.inf
    assert "float16: f is off by" not in "".join(sentences(findings))  # that it is infinite is told
    value.broken = 0
    assert "float16: f is off by ∞ ULP: 0.25 for 0.5 at x = -3" in sentences(findings)
    assert sentences(Findings(FORMATS["float16"], "", failure="no kernel")) == ["float16: no kernel"]
    assert sentences(Findings(FORMATS["float16"], "")) == []


def test_what_passes() -> None:
    assert not made_up().passed
    for change in ("worst", "broken", "flush", "slope", "call", "judged", "failure"):
        findings = made_up()
        assert findings.measured is not None
        value, slope = findings.measured.value, findings.measured.slope
        assert slope is not None
        value.worst = value.normal = 1.5
        value.broken = value.flushed = 0
        findings.disagreements = []
        assert findings.passed
        if change == "worst":
            value.worst = 1.6
        elif change == "broken":
            slope.broken = 1
        elif change == "flush":  # then the others count
            value.worst, value.flushed = 1000.0, 2
            assert findings.passed
            value.normal = 1.6
        elif change == "slope":
            slope.worst = 4.1
        elif change == "call":
            findings.disagreements = made_up().disagreements
        elif change == "judged":
            value.judged = 0
        else:
            findings.failure = "no kernel"
        assert not findings.passed, change


def test_the_table_and_the_record_of_a_report() -> None:
    findings = made_up()
    failed = Findings(FORMATS["bfloat16"], "", failure="no kernel")
    screen = Screen(100, 24, False, True, "utf-8")
    heads, _, *rows = screen.render(to_table([findings, failed], True)).decode().splitlines()
    assert re.split(r"  +", heads.strip()) == ["inputs", "max ULP", "at x", "got", "true", "> ½", "> 1", "> 4"]
    assert [re.split(r"  +", row.strip()) for row in rows if row.strip()] == [
        ["float16", "f", "1,000", "12.5", "-3", "0.25", "0.5", "12 %", "2 %", "0.3 %", "over"],
        ["f′", "990", "0.75", "1.5", "3", "4", "10 %", "0", "0"],
    ]
    assert "f'" in Screen(100, 24, False, False, "ascii").render(to_table([findings], False)).decode()
    record = json.loads(to_json("a.py:f", actplot.get("elu:alpha=2"), [findings, failed]))
    assert {key: record[key] for key in ("target", "against", "parameters", "passed")} == {
        "target": "a.py:f",
        "against": "elu",
        "parameters": {"alpha": 2.0},
        "passed": False,
    }
    first, second = record["formats"]
    f, df = first.pop("f"), first.pop("df")
    assert first == {
        "dtype": "float16",
        "framework": "numpy",
        "passed": False,
        "max_ulp": [1.5, 4.0],
        "failure": None,
        "every_input": True,
        "tried": 0.25,
        "calls_that_disagree": [{"quantity": "f′", "layout": "3 at a time", "x": 1.0, "one": 2.0, "other": 2.5}],
        "special": [
            {"x": "inf", "got": "nan", "due": 1.0},
            {"x": "nan", "got": "nan", "due": "nan"},
            {"x": -0.0, "got": 0.0, "due": -0.0},
        ],
        "kinks": [
            {"x": 0.0, "slope": 0.5, "rules": ["mid", "jax"]},
            {"x": 2.0, "slope": 7.0, "rules": []},
        ],
        "habits": ["it prints"],
    }
    assert f == {
        "judged": 1000,
        "ulp": 12.5,
        "x": -3.0,
        "got": 0.25,
        "true": 0.5,
        "ulp_without_subnormals": 2.5,
        "above": {"0.5": 123, "1.0": 20, "4.0": 3},
        "wrong_signs": 7,
        "not_finite": 5,
        "lost_tails": [
            {"side": "left", "from": -10.0, "to": -5.5, "inputs": 40},
            {"side": "right", "from": 6.5, "to": 11.0, "inputs": 1200},
        ],
        "flushes_subnormals": True,
        "passes_torch_testing": False,
    }
    assert (df["judged"], df["flushes_subnormals"], df["passes_torch_testing"], df["lost_tails"]) == (
        *(990, False),
        *(True, []),
    )
    assert (second["failure"], second["f"], second["df"], second["tried"]) == ("no kernel", None, None, 0.0)
    assert second["every_input"] is False


def test_what_is_special_agrees_with_what_is_due() -> None:
    nan = math.nan
    agreeing = [(1.0, 1.0), (0.0, -0.0), (math.inf, math.inf), (nan, nan)]
    for got, due in [*agreeing, (1.0, 2.0), (nan, 1.0), (1.0, nan), (math.inf, -math.inf)]:
        assert Special(0.0, got, due).agrees == ((got, due) in agreeing)


def test_findings_are_added_up_in_any_order() -> None:
    one = Counted(10, 2.0, 3.0, 1.0, 4.0, 1.0, {0.5: 4, 1.0: 2, 4.0: 0}, 1, (1.0, -5.0, 5.0), 1, 7.0)
    two = Counted(5, 2.0, -3.0, 8.0, 9.0, 1.5, {0.5: 1, 1.0: 1, 4.0: 1}, 2, (2.0, -4.0, 4.0), 2, -7.0)
    one.stretches = [Stretch(2.0, 5.0, 3, below=1.5)]
    two.stretches = [Stretch(1.0, 1.5, 2, above=2.0), Stretch(-4.0, -2.0, 2)]
    one.outward, one.flushed, two.unflushed, two.unnoticed = 1, 2, 3, False
    one.columns[0], two.columns[:2], one.heights[0], two.heights[1] = 3.0, 2.0, 0.5, 0.25
    for parts in ((one, two), (two, one)):
        whole = Counted()
        for part in parts:
            whole.add(part)
        assert (whole.judged, whole.worst, whole.x, whole.got, whole.true) == (15, 2.0, -3.0, 8.0, 9.0)
        assert (whole.normal, whole.above) == (1.5, {0.5: 5, 1.0: 3, 4.0: 1})
        assert (whole.signs, whole.sign_at, whole.broken, whole.broken_at) == (3, (1.0, -5.0, 5.0), 3, -7.0)
        assert whole.lost == {1: (1.0, 5.0, 5), -1: (-4.0, -2.0, 2)}
        assert (whole.outward, whole.flushed, whole.unflushed, whole.unnoticed) == (1, 2, 3, False)
        assert not whole.flushes  # some are there
        assert whole.columns[:3].tolist() == [3.0, 2.0, 0.0]
        assert whole.heights[:2].tolist() == [0.5, 0.25]
        assert (whole.share(0.5), Counted().share(0.5)) == (1 / 3, 0.0)


def test_the_picture_has_curves_over_their_errors() -> None:
    findings, plain = made_up(), made_up()
    assert findings.measured is not None
    assert plain.measured is not None
    plain.format, plain.measured.slope = FORMATS["bfloat16"], None
    value = findings.measured.value
    value.heights[:3], value.columns[:3] = [0.5, 0.25, math.nan], [0.0, math.inf, 7.0]
    graph = picture("a.py:f", actplot.get("tanh"), [findings, plain, Findings(FORMATS["float32"], "", failure="no")])
    assert graph is not None
    assert [(each.key, each.title, each.x_label, each.y_label, each.log) for each in graph.panels] == [
        ("f", "Tanh", "x", "f(x)", False),
        ("f-error", "Error of f", "x", "ULP", True),
        ("df", "Derivative", "x", "f′(x)", False),
        ("df-error", "Error of f′", "x", "ULP", True),
    ]
    assert [[(each.index, each.title) for each in panel.series] for panel in graph.panels] == [
        [(0, "exact"), (1, "float16"), (2, "bfloat16")],
        [(1, "float16"), (2, "bfloat16")],
        [(0, "exact"), (1, "float16")],
        [(1, "float16")],
    ]
    curve, error, slope, _ = (panel.series[0] for panel in graph.panels)
    np.testing.assert_allclose(curve.x, np.arange(480) / 48 - 5 + 10 / 960, atol=1e-14)  # the middles of columns
    np.testing.assert_allclose(curve.line, np.tanh(curve.x), rtol=1e-12)
    np.testing.assert_allclose(slope.line, 1 / np.cosh(curve.x) ** 2, rtol=1e-11)
    assert graph.panels[0].series[1].line[:2].tolist() == [0.5, 0.25]
    assert error.line[:2].tolist() == [2.0**-4, 1e12]  # a logarithm has no 0, and a picture no infinity
    assert np.isnan(error.line[2:]).all()
    assert graph.title == "a.py:f and Tanh"
    assert graph.sentences == [*sentences(findings)[:2], *sentences(plain)[:2]]
    assert picture("a.py:f", actplot.get("tanh"), [Findings(FORMATS["float32"], "", failure="no")]) is None


def test_a_picture_is_wider_than_the_shape_unless_a_range_is_named() -> None:
    wanted = Examination(Target("a:b", len, {}), actplot.get("exponential"), (FORMATS["float16"],))
    low, high = wanted.against.declaration.range
    assert (low, high) == (-4, 3)
    assert wanted.shown == (-11.0, 10.0)
    assert replace(wanted, bounds=(1.0, 2.0)).shown == (1.0, 2.0)
