"""Tables of any length: written in pieces, each number as ``repr`` writes it, in memory that does not grow."""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import actplot
from actplot.curves.content import Wanted
from actplot.curves.curve import PIECE, Curve, sample
from actplot.curves.grid import Spaced, linspace, parse_points, spaced
from actplot.errors import ExitCode
from actplot.functions.activation import Activation
from actplot.functions.registry import find
from actplot.tables import STREAMS, WRITERS
from actplot.tables.rows import Layout, Rows
from actplot.tables.shortest import BLANK, LARGEST, shortest
from tests.conftest import Run, clean_environment, one_error_line
from tests.walking import in_turn, sparse

LENGTHS = [1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 3]
SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 6.0, math.inf, -math.inf, math.nan, 1e300, -1e300, 5e-324, 1e16, 1e-5]


def texts(values: Sequence[float]) -> list[str]:
    return [bytes(row).replace(BLANK, b"").decode() for row in shortest(np.array(values, dtype=np.float64))]


def assert_like_repr(values: Sequence[float]) -> None:
    wrong = [(found, repr(v)) for found, v in zip(texts(values), values, strict=True) if found != repr(v)]
    assert not wrong, wrong[:5]


@given(st.lists(st.floats(), min_size=1, max_size=50))
def test_any_number_is_written_as_repr_writes_it(values: list[float]) -> None:
    assert_like_repr(values)


@given(st.lists(st.tuples(st.integers(1, 10**17), st.integers(-40, 40)), min_size=1, max_size=50))
def test_decimals_come_back_as_they_were_typed(parts: list[tuple[int, int]]) -> None:
    assert_like_repr([float(f"{digits}e{exponent}") for digits, exponent in parts])


def test_every_bit_pattern_is_as_good_as_another() -> None:
    bits = np.random.default_rng(1).integers(0, 2**64, 200_000, dtype=np.uint64)
    assert_like_repr(bits.view(np.float64).tolist())


@pytest.mark.parametrize("base", ["2", "10"])
def test_powers_and_their_neighbours(base: str) -> None:
    powers = np.array(
        [2.0**k for k in range(-1074, 1024)] if base == "2" else [float(f"1e{k}") for k in range(-323, 309)]
    )
    for values in (powers, np.nextafter(powers, 0.0), np.nextafter(powers, math.inf), -powers):
        assert_like_repr(values.tolist())


def test_numbers_half_way_between_decimals() -> None:
    halves = [(2 * number + 1) / 2.0**bits for bits in range(10, 60) for number in range(400)]
    assert_like_repr(halves)


def test_a_logarithm_may_be_off_by_its_last_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    log10 = np.log10
    powers = [float(f"1e{k}") for k in range(-300, 300)]
    for off in (-math.inf, math.inf):
        monkeypatch.setattr("actplot.tables.shortest.np.log10", lambda v, off=off: np.nextafter(log10(v), off))
        assert_like_repr(powers)
        assert_like_repr(np.nextafter(powers, 0.0).tolist())
        monkeypatch.undo()


def test_few_numbers_need_repr_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def noted(value: float) -> str:
        asked.append(value)
        return repr(value)

    monkeypatch.setattr("actplot.tables.shortest.repr", noted, raising=False)
    shortest(np.random.default_rng(2).uniform(-10.0, 10.0, 100_000))
    assert len(asked) < 100


def test_the_bounds_of_the_quick_way_are_where_it_still_works() -> None:
    for exponent in (-LARGEST, LARGEST):
        assert_like_repr([float(f"{digits}e{exponent}") for digits in ("1", "0.99999999", "1.2345678901234567")])


@pytest.mark.parametrize(
    "ends", [(-5.0, 5.0), (0.0, 1.0), (-1e308, 1e308), (0.0, 5e-324), (1e16, 1e16 + 20), (-0.1, 0.3)]
)
@pytest.mark.parametrize("count", [2, 3, 500, PIECE + 1, 100_001])
def test_spaced_points_are_those_of_a_grid(ends: tuple[float, float], count: int) -> None:
    points = spaced(*ends, count)
    parts = [points[start : start + PIECE] for start in range(0, count, PIECE)]
    np.testing.assert_array_equal(np.concatenate(parts), linspace(*ends, count))
    assert len(points) == count


@pytest.mark.parametrize(
    "text", ["-3:5:1", "0:1:0.1", "5:-5:-0.3", "1e300:2e300:1e296", "0:1e5:1", "1e16:10000000000000040:3"]
)
def test_a_range_of_points_is_numpys(text: str) -> None:
    start, stop, step = (float(part) for part in text.split(":"))
    np.testing.assert_array_equal(parse_points(text)[:], np.arange(start, stop, step))


# The formats written the plain way: all values at once, one number at a time.


def plain_csv(curves: Sequence[Curve], derivative: bool) -> str:
    lines = ["name,x,f,df" if derivative else "name,x,f"]
    for curve in curves:
        for x, f, df in zip(curve.x.tolist(), curve.f.tolist(), curve.df.tolist(), strict=True):
            slope = "" if math.isnan(df) and not math.isnan(x) else repr(df)
            lines.append(f"{curve.activation.name},{x!r},{f!r}" + (f",{slope}" if derivative else ""))
    return "\n".join(lines) + "\n"


def plain_json(curves: Sequence[Curve], derivative: bool) -> str:
    def words(values: Sequence[float]) -> list[float | str]:
        return [value if math.isfinite(value) else repr(value) for value in values]

    lines = []
    for curve in curves:
        values = curve.activation.values
        parameters = dict(zip(values, words(list(values.values())), strict=True))
        record: dict[str, object] = {"name": curve.activation.name, "parameters": parameters}
        record |= {"x": words(curve.x.tolist()), "f": words(curve.f.tolist())}
        if derivative:
            missing = (np.isnan(curve.df) & ~np.isnan(curve.x)).tolist()
            slopes = words(curve.df.tolist())
            record["df"] = [None if gone else slope for slope, gone in zip(slopes, missing, strict=True)]
        lines.append(json.dumps(record))
    return '{"curves": [\n' + ",\n".join(lines) + "\n]}\n"


# A gradient of training is a column of its own and words at the axis are a key; tests of those look at them.
PLAIN_SLOPES = [name for name in sparse() if not (find(name).gradient_text or find(name).axis)]

PLAIN: dict[str, Callable[[Sequence[Curve], bool], str]] = {"csv": plain_csv, "json": plain_json}


def points_of(activation: Activation) -> np.ndarray:
    """Return points that cross two borders of pieces, with kinks on both sides of one and all special values."""
    kinks = [kink.x for kink in activation.kinks]
    spread = np.linspace(-40.0, 40.0, 2 * PIECE + 7)
    border = slice(PIECE - len(kinks), PIECE)
    spread[border] = kinks
    spread[PIECE : PIECE + len(kinks)] = kinks
    return np.concatenate([spread, SPECIAL])


@pytest.mark.parametrize("name", sorted({"relu", "hard_shrink", "step", "selu", *PLAIN_SLOPES}))
def test_pieces_hold_the_bytes_of_the_whole(name: str) -> None:
    activation = actplot.get(name)
    points = points_of(activation)
    whole = [sample(activation, points)]
    for format_name, plain in PLAIN.items():
        rows = [Rows(activation, points)]
        assert "".join(STREAMS[format_name](rows, Layout(Wanted(derivative=True)))) == plain(whole, True)


@pytest.mark.parametrize(("format_name", "count"), in_turn(STREAMS, LENGTHS, 2))
def test_borders_of_pieces_do_not_show(format_name: str, count: int) -> None:
    activations = [actplot.get("relu"), actplot.get("step"), actplot.get("elu", alpha=0.5)]
    grid = spaced(-3.0, 3.0, count) if count > 1 else np.array([0.0])
    rows = [Rows(activation, grid) for activation in activations]
    curves = [sample(activation, grid[:count]) for activation in activations]
    for derivative in (False, True):
        layout = Layout(Wanted(derivative))
        text = "".join(STREAMS[format_name](rows, layout))
        assert text == WRITERS[format_name](curves, layout)
        assert text.endswith("\n")
        if format_name in PLAIN:
            assert text == PLAIN[format_name](curves, derivative)


def test_long_tables_come_in_pieces() -> None:
    rows = [Rows(actplot.get("tanh"), Spaced(0.0, 1e-6, 10_000_000))]
    for format_name in ("csv", "json", "text"):
        pieces = STREAMS[format_name](rows, Layout(Wanted(derivative=True)))
        assert all(len(next(pieces)) < 150 * PIECE for _ in range(3))


def test_a_curve_comes_in_pieces_too() -> None:
    curve = sample(actplot.get("relu"), np.linspace(-1.0, 1.0, 2 * PIECE + 1))
    pieces = list(curve.pieces())
    assert [len(piece.x) for piece in pieces] == [PIECE, PIECE, 1]
    for key in ("x", "f", "df", "undefined"):
        joined = np.concatenate([getattr(piece, key) for piece in pieces])
        np.testing.assert_array_equal(joined, getattr(curve, key))


# Whole processes.

# The largest resident set of a process counts what it was before it became another program: measure from a small one.
LAUNCHER = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_mebibytes(*arguments: str, cwd: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER, sys.executable, "-m", "actplot", *arguments],
        env=clean_environment(),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    code, peak = done.stdout.split()
    assert code == "0", done.stderr
    return int(peak) / (2**20 if sys.platform == "darwin" else 2**10)


def test_many_rows_take_no_more_memory_than_few(tmp_path: Path) -> None:
    written = ("-o", "big.csv", "-o", "big.json")
    few, many = (peak_mebibytes("relu", "gelu", "-d", "-n", n, *written, cwd=tmp_path) for n in ("10000", "200000"))
    with open(tmp_path / "big.csv", "rb") as file:
        assert sum(1 for _ in file) == 400_001
    assert sorted(path.name for path in tmp_path.iterdir()) == ["big.csv", "big.json"]
    points = peak_mebibytes("relu", "gelu", "-d", "--at", "0:2e5:1", "--format", "csv", cwd=tmp_path)
    assert max(many, points) < 150
    assert max(many, points) < few + 10


@pytest.mark.parametrize("format_name", ["csv", "json", "text"])
def test_files_and_standard_output_agree(run: Run, tmp_path: Path, format_name: str) -> None:
    wanted = ("relu", "step", "-d", "-n", str(PIECE + 5), "--format", format_name)
    printed = run(*wanted).stdout
    assert run(*wanted, "-o", "table.dat").returncode == 0
    assert (tmp_path / "table.dat").read_bytes() == printed
    assert printed.count(b"\n") > (PIECE if format_name != "json" else 2)


def test_a_disk_that_fails_midway_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes(b"old")
    arguments = ["relu", "-d", "-n", "100000", "-o", "small.json", "-o", "old.csv", "-o", "new.csv"]
    done = subprocess.run(
        [sys.executable, "-m", "actplot", *arguments],
        env=clean_environment(),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000)),
    )
    assert done.returncode == ExitCode.FAILURE
    assert "cannot write" in one_error_line(done)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"old.csv": b"old"}


def test_a_reader_that_leaves_midway_leaves_nothing(tmp_path: Path) -> None:
    arguments = ["relu", "-d", "-n", "300000", "--format", "csv", "-o", "-", "-o", "table.csv"]
    process = subprocess.Popen(
        [sys.executable, "-m", "actplot", *arguments],
        env=clean_environment(),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        assert process.stdout.read(20_000).startswith(b"name,x,f,df\nrelu,")
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(60) == ExitCode.BROKEN_PIPE
    assert not list(tmp_path.iterdir())
