"""Defaults of one's own: the command line counts first, then the environment, then the configuration file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actplot.cli.app import app
from actplot.cli.defaults import DEFAULTS
from actplot.console import configuration
from tests.conftest import Run, one_error_line


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the place of the configuration file, which is not there yet."""
    home = tmp_path / "settings"
    (home / "actplot").mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    return home / "actplot/config.toml"


def ground(path: Path) -> str:
    """Return the colour behind everything in an SVG."""
    text = path.read_text()
    return text[text.index("#", text.index('id="patch_1"')) :][:7]


def drawn(run: Run, folder: Path, *arguments: str, **environment: str) -> str:
    done = run("relu", "-o", "a.svg", *arguments, env={**environment, "XDG_CONFIG_HOME": str(folder / "settings")})
    assert (done.returncode, done.stderr) == (0, b"")
    return ground(folder / "a.svg")


def test_the_nearest_default_counts(run: Run, tmp_path: Path, config: Path) -> None:
    light = drawn(run, tmp_path)
    dark = drawn(run, tmp_path, "--style", "dark")
    assert light != dark
    assert drawn(run, tmp_path, ACTPLOT_STYLE="dark") == dark
    assert drawn(run, tmp_path, ACTPLOT_STYLE="") == light
    config.write_text('# mine\n[defaults]\nstyle = "dark"\n')
    assert drawn(run, tmp_path) == dark
    assert drawn(run, tmp_path, "--no-config") == light
    assert drawn(run, tmp_path, "--style", "light") == light
    assert drawn(run, tmp_path, ACTPLOT_STYLE="light") == light
    assert drawn(run, tmp_path, "--no-config", ACTPLOT_STYLE="dark") == dark
    assert drawn(run, tmp_path, "--style", "light", ACTPLOT_STYLE="dark") == light


def size_of(path: Path) -> tuple[int, int]:
    head = path.read_bytes()[16:24]
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")


def test_numbers_and_texts_are_taken(run: Run, tmp_path: Path, config: Path) -> None:
    config.write_text('[defaults]\nsize = "4x3"\ndpi = 50\n')
    environment = {"XDG_CONFIG_HOME": str(tmp_path / "settings")}
    assert run("relu", "-o", "a.png", env=environment).returncode == 0
    assert size_of(tmp_path / "a.png") == (200, 150)
    assert run("relu", "-o", "a.png", env={**environment, "ACTPLOT_DPI": "100"}).returncode == 0
    assert size_of(tmp_path / "a.png") == (400, 300)
    assert run("relu", "-o", "a.png", "--size", "2x2", env=environment).returncode == 0
    assert size_of(tmp_path / "a.png") == (100, 100)


def test_a_style_sheet_stands_beside_the_file(run: Run, tmp_path: Path, config: Path) -> None:
    config.write_text('[defaults]\nstyle = "mine.mplstyle"\n')
    (config.parent / "mine.mplstyle").write_text("figure.facecolor: 123456\n")
    assert drawn(run, tmp_path) == "#123456"


def test_there_may_be_several_styles_and_spaces_in_the_path_of_one(run: Run, tmp_path: Path, config: Path) -> None:
    folder = tmp_path / "my own"
    folder.mkdir()
    for path, colour in ((folder / "red one.mplstyle", "ff0000"), (config.parent / "blue.mplstyle", "0000ff")):
        path.write_text(f"figure.facecolor: {colour}\n")
    red = str(folder / "red one.mplstyle")
    assert drawn(run, tmp_path, ACTPLOT_STYLE=red) == "#ff0000"
    assert drawn(run, tmp_path, ACTPLOT_STYLE=os.pathsep.join(["dark", "", red, ""])) == "#ff0000"
    dark = drawn(run, tmp_path, ACTPLOT_STYLE=os.pathsep.join([red, "dark"]))
    assert dark == drawn(run, tmp_path, "--style", "dark")
    done = run("relu", "-o", "b.svg", env={"ACTPLOT_STYLE": "dark paper"})
    assert "ACTPLOT_STYLE: no style named 'dark paper'" in one_error_line(done)
    config.write_text('[defaults]\nstyle = ["dark", "blue.mplstyle"]\n')
    assert drawn(run, tmp_path) == "#0000ff"
    config.write_text('[defaults]\nstyle = ["blue.mplstyle", "dark"]\n')
    assert drawn(run, tmp_path) == dark


def test_a_gallery_may_have_several_styles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "red.mplstyle").write_text("figure.facecolor: ff0000\n")

    def gallery(*arguments: str, **environment: str) -> str:
        done = run("gallery", "out", "relu", "--format", "svg", *arguments, env=environment)
        assert done.returncode == 0, done.stderr
        return done.stderr.decode()

    assert "wrote 1 figure" in gallery("--style", "dark", "--style", "red.mplstyle")
    assert ground(tmp_path / "out/relu.svg") == "#ff0000"
    assert "unchanged" in gallery(ACTPLOT_STYLE=os.pathsep.join(["dark", "red.mplstyle"]))
    assert "wrote 1 figure" in gallery("--style", "red.mplstyle", "--style", "dark")


def test_a_gallery_is_drawn_again_in_another_style(run: Run, tmp_path: Path, config: Path) -> None:
    def gallery(**environment: str) -> str:
        done = run("gallery", "out", "relu", env={**environment, "XDG_CONFIG_HOME": str(tmp_path / "settings")})
        assert done.returncode == 0
        return done.stderr.decode()

    assert "wrote 1 figure" in gallery()
    first = (tmp_path / "out/relu.png").read_bytes()
    assert "1 figure in out unchanged" in gallery()
    assert "wrote 1 figure in out" in gallery(ACTPLOT_STYLE="dark")
    assert (tmp_path / "out/relu.png").read_bytes() != first
    config.write_text('[defaults]\nstyle = "dark"\n')
    assert "1 figure in out unchanged" in gallery()
    config.write_text('[defaults]\nstyle = "paper"\n')
    assert "wrote 1 figure in out" in gallery()


WRONG = [
    ('[defaults]\nstyl = "dark"\n', 2, "line 2: no option 'styl' has a default; did you mean 'style'?"),
    ('[defaults]\nformat = "csv"\n', 2, "line 2: no option 'format' has a default; there are style, size, dpi"),
    ('[default]\nstyle = "dark"\n', 2, "line 1: 'default' is not known here; write a table [defaults]"),
    ('\n\nstyle = "dark"\n', 2, "line 3: 'style' is not known here; write a table [defaults]"),
    ('[defaults]\n\n# why\n"style" = "nosuch"\n', 2, "line 4: no style named 'nosuch'"),
    ('defaults.style = "nosuch"\n', 2, "line 1: no style named 'nosuch'"),
    ('style = 1\ndefaults = {style = "nosuch"}\n', 2, "line 1: 'style' is not known here"),
    ('[defaults]\nstyle = "none.mplstyle"\n', 1, "line 2: cannot read the style sheet"),
    ("[defaults]\ndpi = 99999\n", 2, "line 2: --dpi: 99999 is out of bounds; it is 10 to 10000"),
    ("[defaults]\nsize = 3\n", 2, "line 2: --size: '3' is not WxH"),
    ("[defaults]\ndpi = nan\n", 2, "line 2: dpi is neither a text in quotes nor a number"),
    ("[defaults]\ndpi = true\n", 2, "line 2: dpi is neither a text in quotes nor a number"),
    ('[defaults]\nsize = ["4x3"]\n', 2, "line 2: size is neither a text in quotes nor a number"),
    ("[defaults]\nstyle = []\n", 2, "line 2: style is neither a text in quotes nor a number"),
    ('[defaults]\nstyle = ["dark", ["dark"]]\n', 2, "line 2: style is neither a text in quotes nor a number"),
    ('[defaults]\nstyle = ["dark",\n "nosuch"]\n', 2, "line 2: no style named 'nosuch'"),
    ("[defaults\n", 2, "line 1: expected ']' at the end of a table declaration; write TOML"),
    ("[defaults]\nstyle = dark\n", 2, "line 2: invalid value; write TOML"),
    (f"[defaults]\ndpi = {'1' * 5000}\n", 2, "config.toml has a number that is too long; write TOML"),
    (f"x = {'[' * 5000}\n", 2, "config.toml is nested too deeply; write TOML"),
    ("\udcff", 2, "config.toml is not text; a configuration file is TOML"),
    ("#" * 1_000_001, 2, "config.toml is too long for a configuration file; at most 1,000,000 bytes fit"),
]


@pytest.mark.parametrize(("content", "code", "part"), WRONG, ids=[row[2][:50] for row in WRONG])
def test_what_is_wrong_in_the_file_is_told_with_its_line(
    run: Run, config: Path, content: str, code: int, part: str
) -> None:
    config.write_bytes(content.encode("utf-8", "surrogateescape"))
    environment = {"XDG_CONFIG_HOME": str(config.parents[1])}
    done = run("relu", "--at", "1", "--format", "csv", env=environment)
    assert done.returncode == code
    line = one_error_line(done)
    assert str(config) in line
    assert part in line
    for arguments in (["relu", "--help"], ["list"], ["relu", "--at", "1", "--no-config", "--format", "csv"]):
        assert run(*arguments, env=environment).returncode == 0


def make_folder(place: Path) -> None:
    place.mkdir()


def make_fifo(place: Path) -> None:
    os.mkfifo(place)


def make_endless(place: Path) -> None:
    place.symlink_to("/dev/zero")


def make_circle(place: Path) -> None:
    place.symlink_to(place)


def make_dangling(place: Path) -> None:
    place.symlink_to("nosuch")


def make_huge(place: Path) -> None:
    with open(place, "wb") as file:
        file.truncate(2**30)


@pytest.mark.parametrize("make", [make_folder, make_fifo, make_endless, make_circle, make_dangling, make_huge])
def test_what_is_no_file_is_told_at_once(run: Run, config: Path, make: object) -> None:
    make(config)  # type: ignore[operator]
    environment = {"XDG_CONFIG_HOME": str(config.parents[1])}
    done = run("relu", "--at", "1", "--format", "csv", timeout=20, env=environment)
    assert done.returncode in (1, 2)
    assert str(config) in one_error_line(done)
    assert run("relu", "--at", "1", "--format", "csv", "--no-config", env=environment).returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("STYLE", "nosuch", "ACTPLOT_STYLE: no style named 'nosuch'"),
        ("STYLE", "\x1b[31m\udcff", "ACTPLOT_STYLE: no style named"),
        ("SIZE", "3", "ACTPLOT_SIZE: --size: '3' is not WxH"),
        ("DPI", "x", "ACTPLOT_DPI: --dpi: 'x' is not a number"),
    ],
)
def test_what_is_wrong_in_the_environment_is_told_by_its_name(run: Run, name: str, value: str, part: str) -> None:
    done = run("relu", "--at", "1", "--format", "csv", env={f"ACTPLOT_{name}": value})
    assert done.returncode == 2
    assert part in one_error_line(done)
    assert run("relu", f"--{name.lower()}", "", env={f"ACTPLOT_{name}": value}).returncode == 2, "both are wrong"


def test_help_says_where_defaults_come_from() -> None:
    text = " ".join(CliRunner().invoke(app, ["plot", "--help"], env={"COLUMNS": "200"}).output.split())
    for name in DEFAULTS:
        assert f"[env var: ACTPLOT_{name.upper()}]" in text
    for part in (
        "--no-config",
        "[defaults]",
        'style = "dark"',
        'style = ["dark", "mine.mplstyle"]',
        "XDG_CONFIG_HOME",
        "~/.config",
        "%APPDATA%",
    ):
        assert part in text


def test_the_folder_is_where_the_system_has_such_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert configuration.folder() == tmp_path / "actplot"
    monkeypatch.setenv("HOME", "/home/someone")
    if sys.platform == "linux":
        for value in ("", "relative"):
            monkeypatch.setenv("XDG_CONFIG_HOME", value)
            assert configuration.folder() == Path("/home/someone/.config/actplot")
        monkeypatch.delenv("XDG_CONFIG_HOME")
        assert configuration.folder() == Path("/home/someone/.config/actplot")


def test_functions_of_ones_own_stand_beside_the_configuration(run: Run, config: Path) -> None:
    (config.parent / "functions.toml").write_text('[twice]\nformula = "2*x"\n')
    done = run("twice", "--at", "3", "--format", "csv", env={"XDG_CONFIG_HOME": str(config.parents[1])})
    assert done.stdout == b"name,x,f\ntwice,3.0,6.0\n"
