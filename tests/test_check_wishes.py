"""What check is asked for and can't do is one line; code of others moves nothing; numbers are told apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import actplot
from actplot.arithmetic.formats import FORMATS
from actplot.cli.app import app
from actplot.errors import ActplotError
from actplot.functions.rounding import lost, rounded_to
from actplot.implementations.report import _share, told_apart

SOURCE = """
import os
import numpy as np

def right(x): return np.maximum(x, 0)
async def awaited(x): return x
def goes(x):
    os.chdir("/")
    return right(x)
class Made:
    def __init__(self): os.chdir("/")
    def __call__(self, x): return right(x)
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "wished.py").write_text(SOURCE)
    (tmp_path / "moving.py").write_text(f"import os\nos.chdir('/')\n{SOURCE}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert isinstance(done.exception, ActplotError), done.output
    assert done.stdout == ""
    return f"{done.exit_code} {done.exception}"


OF_ONE = ("check", "wished.py:right", "--against", "relu")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((*OF_ONE, "--dtype", "f16", "-r", "1e5", "1e6"), "no number of float16 is from 100000 to 1e+06; choose"),
        ((*OF_ONE, "--dtype", "f16,f32", "-r", "1e40", "1e41"), "no number of float16 or float32 is from 1e+40 to"),
        ((*OF_ONE, "--dtype", "f64", "-r", "1e-300", "1.0001e-300"), "none of the inputs that are tried lies in the"),
        (("check", "wished.py:awaited", "--against", "relu"), "it is a coroutine, which gives no numbers when it is"),
        ((*OF_ONE, "--backend", "dask"), "--backend is for --all-inputs; add that, or leave it out"),
        ((*OF_ONE, "--rtol", "nan", "--seed", "1"), "--rtol, --seed: only for functions of the catalogue and formulas"),
        (("check", "relu", "--dtype", "f16", "-o", "a.svg"), "--dtype, --output: only for an implementation"),
        (("check", "relu", "--backend", "dask"), "--backend: only for an implementation, MODULE:FUNCTION; leave"),
        (("check", "./wished:right"), "'./wished:right' is Python code; write actplot check wished.py:right"),
        (("wished.py:right",), "'wished.py:right' is Python code; write actplot check wished.py:right"),
        (("relu:right",), "'right' is not PARAM=VALUE; write relu:PARAM=VALUE"),
        (("softmax", "--jacobian", "1,2", "--dtype", "f16"), "a Jacobian is at one point, to which --dtype is nothing"),
    ],
)
def test_what_can_not_be_asked_for_is_told(here: Path, arguments: tuple[str, ...], told: str) -> None:
    assert told in refused(*arguments)
    assert sorted(path.name for path in here.iterdir() if path.is_file()) == ["moving.py", "wished.py"]


def test_code_that_changes_the_folder_moves_no_file(here: Path) -> None:
    for number, target in enumerate(("wished.py:goes", "wished.py:Made", "moving.py:right")):
        done = CliRunner().invoke(app, ["check", target, "--against", "relu", "--dtype", "f16", "-o", f"{number}.csv"])
        assert done.exit_code == 0, done.output
        assert (here / f"{number}.csv").is_file()
        assert Path.cwd() == here


def test_two_numbers_are_told_with_the_digits_that_differ() -> None:
    assert told_apart(-0.4655094, -0.4655092) == ("-0.4655094", "-0.4655092")
    assert told_apart(1.0, 1.0 + 2**-52) == ("1", "1.0000000000000002")
    assert told_apart(0.25, 0.5) == ("0.25", "0.5")
    assert told_apart(0.123456, 0.123456) == ("0.1235", "0.1235")


def test_shares() -> None:
    assert [_share(part) for part in (0.0, 0.4567, 0.989, 0.9999, 1.0)] == ["0", "46 %", "99 %", "> 99 %", "100 %"]


def test_where_a_format_has_numbers() -> None:
    half, eighth = FORMATS["float16"], FORMATS["float8_e4m3fn"]
    # 65504 is the largest of float16, 2⁻²⁴ its least above 0; from 1 on they are 2⁻¹⁰ apart.
    for low, high, has in (
        (65000.0, 65503.9, True),
        (65504.0, 1e9, True),
        (65504.1, 1e9, False),
        (1.0001, 1.0009, False),
        (1.0001, 1.0 + 2**-10, True),
        (1e-9, 2**-24, True),
        (1e-9, 2**-24.1, False),
        (-1e-9, 1e-9, True),
        (-1e9, -65505.0, False),
    ):
        assert half.has_number(low, high) is has, (low, high)
    assert half.has_infinity
    assert not eighth.has_infinity


def test_a_format_without_infinity_is_not_asked_for_it(here: Path) -> None:
    done = CliRunner().invoke(app, [*OF_ONE, "--dtype", "e4m3", "--json"])
    assert '"x": "inf"' not in done.stdout
    assert '"special"' in done.stdout
    assert done.exit_code == 0, done.output


def test_what_is_rounded_up_does_not_underflow() -> None:
    # GELU of the least number of float32 is above half of it, and below half of it on the other side.
    gelu = rounded_to(actplot.get("gelu"), FORMATS["float32"])
    least = 2.0**-149
    assert [float(gelu(x)[0]) for x in (-least, least)] == [0.0, least]
    found = [(each.low, each.high) for each in lost(gelu, 0)]
    assert found[1:] == [(-least, -least)]
    assert np.isneginf(found[0][0])
