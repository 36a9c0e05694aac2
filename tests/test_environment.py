"""What users have set for other programs: figures come out all the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from actplot.__main__ import main
from tests.conftest import Run, one_error_line
from tests.walking import in_turn

# One of each kind, others on other days: a name of no backend, a module that is not there, one that opens windows.
KINDS = (["nonsense", "\udcff"], ["module://does_not_exist"], ["Qt5Agg", "TkAgg"])
BACKENDS = [backend for kind in KINDS for _, backend in in_turn(["today"], kind, 1)]


@pytest.mark.parametrize("backend", BACKENDS)
def test_files_need_no_backend(run: Run, tmp_path: Path, backend: str) -> None:
    files = [word for suffix in ("png", "svg", "pdf") for word in ("-o", f"a.{suffix}")]
    others = (
        "from actplot.__main__ import main\n"
        "assert main(['gallery', 'out', 'gelu', '--jobs', '2', '-q']) == 0\n"
        "assert main(['relu', '-d', '--style', 'ggplot', '-o', 'b.png']) == 0"
    )
    done = run("relu", "-d", *files, env={"MPLBACKEND": backend}, before=others)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "b.png").stat().st_size > 5000
    assert (tmp_path / "out/gelu.png").stat().st_size > 5000


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_display_that_does_not_answer_gets_the_chart_whatever_the_backend(run: Run, backend: str) -> None:
    styled = "from actplot.__main__ import main; assert main(['relu', '-d', '--style', 'ggplot']) == 0; print('and')"
    done = run("relu", "-d", env={"MPLBACKEND": backend, "DISPLAY": ":987"}, before=styled)
    assert (done.returncode, done.stderr) == (0, b"")
    assert all("⠒" in chart for chart in done.stdout.decode().split("and\n"))


SETTINGS = ("lines.linewidth: \udcff", "nosuch: 3", "figure.figsize: nan, 2", "backend: x")


@pytest.mark.parametrize(("content", "variable"), in_turn(SETTINGS, ["MATPLOTLIBRC", "MPLCONFIGDIR"], 1))
def test_the_settings_of_other_programs_are_not_read(run: Run, tmp_path: Path, content: str, variable: str) -> None:
    place = tmp_path / "home/matplotlibrc"
    place.parent.mkdir()
    place.write_bytes(content.encode("utf-8", "surrogateescape"))
    named = place if variable == "MATPLOTLIBRC" else place.parent
    done = run("relu", "-o", "a.svg", env={variable: str(named)}, fresh=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_settings_without_an_end_are_not_read(run: Run) -> None:
    done = run("relu", "-d", "-o", "a.png", env={"MATPLOTLIBRC": "/dev/zero"})
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_environment_is_afterwards_what_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    monkeypatch.delenv("MATPLOTLIBRC", raising=False)
    before = dict(os.environ)
    assert main(["relu", "-o", "a.png"]) == 0
    assert main(["nosuch"]) == 2
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    "environment",
    [
        {"_ACTPLOT_COMPLETE": "x"},
        {"_ACTPLOT_COMPLETE": "complete"},
        {"_ACTPLOT_COMPLETE": "_"},
        {"_ACTPLOT_COMPLETE": "complete_nosuch"},
        {"_ACTPLOT_COMPLETE": "nosuch_bash"},
        {"_ACTPLOT_COMPLETE": "complete_bash\n\udcff"},
        {"_ACTPLOT_COMPLETE": "complete_bash"},
        {"_ACTPLOT_COMPLETE": "complete_bash", "COMP_WORDS": "actplot re"},
        {"_ACTPLOT_COMPLETE": "complete_bash", "COMP_WORDS": "actplot re", "COMP_CWORD": "x"},
    ],
)
def test_a_completion_that_no_shell_asks_for_is_told_in_one_line(run: Run, environment: dict[str, str]) -> None:
    for arguments in ([], ["relu"], ["--version"]):
        done = run(*arguments, env=environment)
        assert done.returncode == 2
        assert one_error_line(done) == (
            "actplot: error: _ACTPLOT_COMPLETE is set, and not as the completion of a shell sets it; unset it\n"
        )


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell", "pwsh"])
@pytest.mark.parametrize("typed", [None, "", "actplot re", "actplot 're", "actplot relu --nosuch ", "actplot \udcff"])
def test_other_completions_answer_or_are_silent(run: Run, shell: str, typed: str | None) -> None:
    words = {} if typed is None else {"_TYPER_COMPLETE_ARGS": typed}
    done = run(env={"_ACTPLOT_COMPLETE": f"complete_{shell}", **words})
    assert (done.returncode in (0, 1), done.stderr) == (True, b"")


def test_bash_is_answered(run: Run) -> None:
    asked = {"_ACTPLOT_COMPLETE": "complete_bash", "COMP_WORDS": "actplot rel", "COMP_CWORD": "1"}
    assert "relu6" in run(env=asked).stdout.decode().split()
    assert run(env={"_ACTPLOT_COMPLETE": ""}).returncode == 0
