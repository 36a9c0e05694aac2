"""The README's commands are run, and print what it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import actplot
from tests.conftest import Run, clean_environment

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def commands(block: str) -> list[tuple[str, str]]:
    """Split a block into commands and the output shown under each."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block[2:40].split("\n")[0])
def test_the_commands_print_what_the_readme_shows(block: str, run: Run, tmp_path: Path) -> None:
    prelude = f'actplot() {{ {shlex.quote(sys.executable)} -m actplot "$@"; }}\n'
    for command, shown in commands(block):
        program, *arguments = shlex.split(command)
        if program == "actplot" and not re.search(r"[|<>;&$`]", re.sub(r"'[^']*'|\"[^\"]*\"", "", command)):
            done = run(*arguments)
        else:
            done = subprocess.run(
                ["bash", "-c", prelude + command],
                capture_output=True,
                cwd=tmp_path,
                env=clean_environment(),
                check=False,
                timeout=120,
            )
        printed = (done.stdout + done.stderr).decode()
        assert done.returncode == (2 if "error:" in shown else 0), printed
        assert "Traceback" not in printed
        if shown:
            assert [line.rstrip() for line in printed.splitlines()] == [line.rstrip() for line in shown.splitlines()]


def test_python_examples_run(tmp_path: Path) -> None:
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        done = subprocess.run(
            [sys.executable, "-c", block],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=clean_environment(),
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_there_are_enough_examples() -> None:
    assert sum(len(commands(block)) for block in BLOCKS) >= 8


def test_every_command_is_in_the_readme_and_every_option_in_the_help() -> None:
    import typer

    from actplot.cli.app import app

    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"actplot {name}" in README or name == "plot"
        assert command.help
        for parameter in command.params:
            assert not getattr(parameter, "hidden", False), (name, parameter.name)
            assert len(parameter.help or "") > 10, (name, parameter.name)
        shown = subprocess.run(
            [sys.executable, "-m", "actplot", name, "--help"],
            capture_output=True,
            text=True,
            env=clean_environment(COLUMNS="120"),
            check=True,
        ).stdout
        for parameter in command.params:
            assert all(option in shown for option in parameter.opts if option.startswith("--")), (name, parameter.name)


def test_the_readme_is_read_in_five_minutes() -> None:
    assert README.count("\n") < 200


def test_links_and_pictures_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_changelog_has_this_version() -> None:
    assert f"## {actplot.__version__}" in (ROOT / "CHANGELOG.md").read_text()
    assert f'version = "{actplot.__version__}"' in (ROOT / "pyproject.toml").read_text()
