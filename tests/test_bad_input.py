"""Bad input: one clear line, the right code, nothing on stdout, no file left, no traceback."""

from __future__ import annotations

import array
import fcntl
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from actplot.__main__ import main
from tests.conftest import Run, clean_environment, one_error_line
from tests.walking import in_turn

WRONG = 2
WORLD = 1

# (arguments, what the message must contain); every one is a command line that is wrong in itself.
COMMAND_LINES: list[tuple[list[str], str]] = [
    (["nosuch"], "no activation named 'nosuch'"),
    (["sigmod"], "did you mean 'sigmoid'?"),
    (["relu", "nosuch"], "no activation named 'nosuch'"),
    (["2"], "'2' is a number, not a function; write parameters as leaky_relu:alpha=0.2, several points as --at 1,2,3"),
    (["LeakyReLU", "0.2"], "write parameters as leaky_relu:alpha=0.2"),
    (["relu", "--at", "1", "2", "3"], "several points as --at 1,2,3"),
    (["info", "1e3"], "is a number"),
    (["check", "nan"], "is a number"),
    (["gallery", "out", "3"], "is a number"),
    (["elu", "alpha=2"], "write a parameter as elu:alpha=2"),
    (["xielu:beta=1", "alpha_p=2"], "write a parameter as xielu:beta=1,alpha_p=2"),
    (["alpha=2"], "write a parameter as NAME:alpha=2"),
    (["info", "alpha = 2"], "write a parameter as NAME:alpha = 2"),
    (["elu:alpha=0.5,1,2"], "several values of alpha are split by slashes: elu:alpha=0.5/1/2"),
    (["q**x"], 'q**x needs a value for q; write "q**x:q=2"'),
    (["-x"], 'begins with a minus stands last: actplot -- "-x"'),
    (["-relu(x)"], 'actplot -- "-relu(x)"'),
    (["relu", "-2*x", "-d"], 'actplot -- "-2*x"'),
    (["galery", "out"], "did you mean 'gallery'?"),
    (["plott", "relu"], "did you mean 'plot'?"),
    (["lst"], "did you mean 'list'?"),
    (["relu\n\x1b[31m"], "the character U+001B is not part"),
    (["reluu\n"], "no activation named 'reluu\ufffd'"),
    (["x" * 100_000], "no activation named"),
    (["info", "nosuch"], "no activation named 'nosuch'"),
    (["info"], "missing argument"),
    (["plot"], "missing argument"),
    (["gallery"], "missing argument"),
    (["list", "more"], "no activation named 'more'"),
    (["list", "more\x1b[31m\u202e\n"], "no activation"),
    (["list", "x" * 100_000], "no activation named"),
    (["relu", "--nosuch"], "no such option"),
    (["relu", "-d", "--derivativ"], "--derivative"),
    (["relu", "--range"], "requires 2 arguments"),
    (["elu:alpha=1e309"], "out of bounds; it must be a finite number"),
    (["elu:alpha=-inf"], "out of bounds; it must be a finite number"),
    (["elu:alpha=nan"], "not a number"),
    (["elu:alpha=much"], "not a number"),
    (["elu:alpha=1,alpha=2"], "given twice"),
    (["elu:gamma=1"], "no parameter 'gamma'"),
    (["softplus:beta=0"], "beta > 0"),
    (["relu", "--format", "gif"], "no format named 'gif'"),
    (["relu", "--format", ""], "no format named"),
    (["relu", "-o", "a.gif"], "has the suffix .gif, which is no format here; use .png .svg"),
    (["relu", "-o", "a"], "no suffix"),
    (["relu", "-o", "-"], "needs --format"),
    (["relu", "-o", ""], "empty file name"),
    (["relu", "-o", "/dev/stdout"], "needs --format"),
    (["relu", "-o", "a.png/"], "is a folder"),
    (["relu", "-o", "a.png", "-o", "a.png"], "named twice"),
    (["relu", "-o", "a.png", "-o", "./a.png"], "named twice"),
    (["relu", "-o", "a.csv", "-o", "folder.png/../a.csv"], "named twice"),
    (["relu", "-o", "link.csv", "-o", "value.mplstyle", "--format", "csv"], "named twice"),
    (["relu", "--format", "csv", "-o", "-", "-o", "/dev/stdout"], "named twice"),
    (["relu", "-o", "a.png", "--format", "csv"], "nothing is written as csv"),
    (["relu", "--table", "--format", "csv"], "standard output too"),
    (["relu", "--style", "nosuch", "-o", "a.png"], "no style named 'nosuch'"),
    (["relu", "--style", "lihgt", "-o", "a.png"], "did you mean 'light'?"),
    (
        ["relu", "--style", "bad.mplstyle", "-o", "a.png"],
        "bad.mplstyle, line 1: 'nosuch.setting: 3' is not a setting",
    ),
    (["relu", "--style", "value.mplstyle", "-o", "a.png"], "line 1"),
    (["relu", "--style", "binary.mplstyle", "-o", "a.png"], "not a style sheet"),
    (["relu", "--difference", "--table"], "needs two functions"),
    (["relu", "-n", "100001", "--format", "md"], "a md table of 100,001 rows is too long for a page"),
    (["relu", "-n", "10000000", "-o", "a.tex", "-o", "a.csv"], "use csv"),
    (["relu", "--digits", "0", "--table"], "--digits: 0 is not a whole number from 1 to 17"),
    (["relu", "--digits", "18", "--format", "csv"], "from 1 to 17"),
    (["relu", "--digits", "2.5", "--table"], "not a whole number"),
    (["relu", "--digits", "nan", "--table"], "not a whole number"),
    (["relu", "--digits", "few", "--table"], "--digits: 'few' is not a number"),
    (["relu", "abs", "-d", "--format", "csv", "--at-kink", "tensorflow"], "abs: what tensorflow takes"),
    (["relu", "abs", "-d", "--at=-1:1:0.125", "--format", "json", "--at-kink", "tensorflow"], "abs: what tensorflow"),
    (["relu", "abs", "-d", "-n", "10001", "-o", "a.csv", "--at-kink", "tensorflow"], "abs: what tensorflow takes"),
    (["relu", "--difference"], "needs two functions"),
    (["relu", "-d", "--equal"], "single panel"),
    (["relu", "--plain", "--annotate"], "exclude each other"),
    (["abs", "-d", "--at", "0", "--table", "--at-kink", "tensorflow"], "abs: what tensorflow takes"),
    (["relu", "--at-kink", "both", "--table"], "choose one of undefined"),
    (["relu", "--range", "5", "-5", "-o", "a.png"], "the range 5 -5 is reversed; write --range -5 5"),
    (["relu", "--range", "1", "1", "-o", "a.png"], "empty"),
    (["relu", "--range", "nan", "1", "--table"], "not finite"),
    (["relu", "--range", "-inf", "inf", "--table"], "not finite"),
    (["relu", "--range", "a", "b", "--table"], "--range: 'a' is not a number"),
    (["relu", "--range", "-1e308", "1e308", "-o", "a.png"], "too wide"),
    (["relu", "--range", "1e6", "1000000.000000001", "-o", "a.png"], "too narrow"),
    (["relu", "-n", "0", "-o", "a.png"], "0 samples make no curve; --samples must be at least 2"),
    (["relu", "-n", "-3", "--table"], "at least 2"),
    (["relu", "-n", "1e12", "--table"], "samples are too many; --samples may be at most 10,000,000"),
    (["relu", "-n", "1" + "0" * 400, "--table"], "--samples"),
    (["relu", "-n", "1000000000000", "-o", "a.png"], "too many"),
    (["relu", "-n", "2.5", "--table"], "--samples: '2.5' is not a whole number"),
    (["relu", "-n", "many", "--table"], "--samples: 'many' is not a number"),
    (["relu", "-n", "nan", "--table"], "not a whole number"),
    (["relu", "-n", "100000", "--table"], "too long for the terminal"),
    (["relu", "--range", "0", "10000", "--table"], "too long for the terminal"),
    (["relu", "--at", "", "--table"], "no points"),
    (["relu", "--at", " , ", "--table"], "no points"),
    (["relu", "--at", "1,b", "--table"], "--at: 'b' is not a number; write points as 1,-10,0 or -3:5:1"),
    (["relu", "--at", "1_0", "--table"], "not a number"),
    (["relu", "--at", "0:1:0", "--table"], "--at: the step of '0:1:0' is zero; it would never end"),
    (["relu", "--at", "0:1:-1", "--table"], "leads away"),
    (["relu", "--at", "1:1:1", "--table"], "empty"),
    (["relu", "--at", "0:1:nan", "--table"], "not finite"),
    (["relu", "--at", "0:inf:1", "--table"], "not finite"),
    (["relu", "--at", "1:2:3:4", "--table"], "START:STOP:STEP"),
    (["relu", "--at", ":", "--table"], "not a number"),
    (["relu", "--at", "0:1e12:1", "--table"], "too many points"),
    (["relu", "--at", "0:1:1e-300", "--table"], "too many points"),
    (["relu", "--at", "0:1e308:1e-308", "--table"], "too many points"),
    (["relu", "--at", "-", "--table"], "no points"),
    (["relu", "--at", "@/dev/zero", "--table"], "too long"),
    (
        ["relu", "-d", "--dtype", "float16", "-r", "1e5", "1e6", "--terminal"],
        "no number of float16 is as large as 100000",
    ),
    (["gallery", ""], "the folder has no name; write . for this one"),
    (["relu", "--at", "@binary.mplstyle", "--table"], "not text"),
    (["relu", "--at", "inf", "-o", "a.png"], "nothing to draw"),
    (["relu", "--size", "0x4", "-o", "a.png"], "--size: 0x4 is out of bounds; each side is 1 to 100 inches"),
    (["relu", "--size", "nanx4", "-o", "a.png"], "out of bounds"),
    (["relu", "--size", "4", "-o", "a.png"], "not WxH"),
    (["relu", "--size", "axb", "-o", "a.png"], "--size: 'a' is not a number"),
    (["relu", "--size", "1e9x1e9", "-o", "a.png"], "out of bounds"),
    (["relu", "--dpi", "0", "-o", "a.png"], "--dpi: 0 is out of bounds; it is 10 to 10000"),
    (["relu", "--dpi", "-1", "-o", "a.png"], "out of bounds"),
    (["relu", "--dpi", "1e9", "-o", "a.png"], "out of bounds"),
    (["relu", "--size", "100x100", "--dpi", "5000", "-o", "a.png"], "too large"),
    (["gallery", "out", "--only", "nosuch"], "no activation named"),
    (["gallery", "out", "--only", ","], "names no activation"),
    (["gallery", "out", "--format", "gif"], "no gallery format"),
    (["gallery", "out", "--format", ","], "no format"),
    (["gallery", "out", "--style", "nosuch"], "no style named"),
    (["gallery", "out", "--jobs", "0"], "--jobs"),
    (["gallery", "out", "--jobs", "many"], "--jobs"),
]

WORLDS: list[tuple[list[str], str]] = [
    (["relu", "-o", "missing/a.png"], "there is no folder missing"),
    (["relu", "-o", "mis\n\x1b[31msing/a.png"], "there is no folder mis\ufffd\ufffd[31msing"),
    (["relu", "-o", "/dev/null/a.png"], "cannot write"),
    (["relu", "-o", "folder.png"], "is a folder"),
    (["relu", "-o", "/dev/full", "--format", "png"], "no space left"),
    (["relu", "-o", "x" * 300 + ".png"], "cannot write"),
    (["relu", "-o", "good.png", "-o", "missing/a.csv"], "there is no folder"),
    (["relu", "--at", "@missing", "--table"], "cannot read missing"),
    (["relu", "--at", "@.", "--table"], "cannot read"),
    (["relu", "--style", "missing.mplstyle", "-o", "a.png"], "cannot read the style sheet"),
    (["gallery", "bad.mplstyle"], "a file has that name"),
    (["gallery", "/dev/null/out"], "cannot make the folder"),
]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the files that the command lines mention."""
    (tmp_path / "bad.mplstyle").write_text("nosuch.setting: 3\n")
    (tmp_path / "value.mplstyle").write_text("lines.linewidth: thick\n")
    (tmp_path / "binary.mplstyle").write_bytes(b"\xff\xfe\x00\x80")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "link.csv").symlink_to("value.mplstyle")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "part"), COMMAND_LINES, ids=lambda v: " ".join(v)[:40] if isinstance(v, list) else ""
)
def test_a_wrong_command_line_is_told_in_one_line(run: Run, desk: Path, arguments: list[str], part: str) -> None:
    before = sorted(desk.rglob("*"))
    done = run(*arguments)
    line = one_error_line(done)
    assert part in line
    assert len(line) < 500
    assert done.returncode == WRONG
    assert sorted(desk.rglob("*")) == before


@pytest.mark.parametrize(("arguments", "part"), WORLDS, ids=lambda v: " ".join(v)[:40] if isinstance(v, list) else "")
def test_a_failing_world_is_told_in_one_line(run: Run, desk: Path, arguments: list[str], part: str) -> None:
    before = sorted(desk.rglob("*"))
    done = run(*arguments)
    assert part in one_error_line(done)
    assert done.returncode == WORLD
    assert sorted(desk.rglob("*")) == before


def shell(command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which ``actplot`` is the command under test."""
    prelude = f'actplot() {{ "{sys.executable}" -m actplot "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", prelude + command],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=clean_environment(**environment),
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("arguments", ["relu --table", "relu -d", "relu --format csv", "--help", "list", "info relu"])
def test_a_full_disk_behind_stdout_is_told(arguments: str, tmp_path: Path) -> None:
    done = shell(f"actplot {arguments} > /dev/full; echo $?", tmp_path)
    assert done.stdout == "1\n"
    assert done.stderr.startswith("actplot: error: ")
    assert done.stderr.count("\n") == 1
    assert "no space left" in done.stderr


PIPED = ("relu --table", "relu -d", "relu --format csv -n 300000", "relu --format svg", "--help", "list")


@pytest.mark.parametrize(("arguments", "unbuffered"), in_turn(PIPED, ["", "1"], 1))
def test_a_closed_pipe_is_quiet(arguments: str, unbuffered: str, tmp_path: Path) -> None:
    extra = {"PYTHONUNBUFFERED": unbuffered} if unbuffered else {}
    assert to_nobody(arguments, tmp_path, **extra) == (141, b"")


def test_a_closed_pipe_leaves_no_file_half_made(tmp_path: Path) -> None:
    assert to_nobody("relu --format csv -o a.png -o -", tmp_path) == (141, b"")
    assert list(tmp_path.iterdir()) == []


def to_nobody(arguments: str, cwd: Path, **environment: str) -> tuple[int, bytes]:
    """Run the command into a pipe whose reader is gone; return the code that a shell tells, and stderr."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "actplot", *arguments.split()],
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=clean_environment(**environment),
        check=False,
        timeout=60,
    )
    os.close(writer)
    return (128 - done.returncode if done.returncode < 0 else done.returncode), done.stderr


def test_a_closed_stdout_is_told(tmp_path: Path) -> None:
    done = shell("actplot relu --table >&-; echo $?", tmp_path)
    assert done.stdout == "1\n"
    assert "standard output is closed" in done.stderr
    assert shell("actplot nosuch 2>&-; echo $?", tmp_path).stdout == "2\n"


@pytest.mark.parametrize("line", ["", "--help", "check -h", "--version relu", "list"])
def test_help_that_nobody_can_read_is_no_success(tmp_path: Path, line: str) -> None:
    done = shell(f"actplot {line} >&-; echo $?", tmp_path)
    assert done.stdout == "1\n"
    assert done.stderr == "actplot: error: standard output is closed; open it, or name a file with -o\n"
    assert shell(f"actplot {line} 2>&- >/dev/null; echo $?", tmp_path).stdout == "0\n"


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b", "\ud800/b", "a\0/b"], ids=ascii)
def test_what_no_file_name_holds_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = (
        ["relu", "-o", f"{name}.csv"],
        ["relu", "-o", f"{name}.png", "-o", f"{name}.svg"],
        ["relu", "-o", "a.png", "--style", f"{name}.mplstyle"],
        ["relu", "--table", "--at", f"@{name}"],
        ["gallery", name, "relu", "--format", "csv"],
        ["gallery", name, "relu"],
    )
    for line in lines:
        assert main(line) in (WORLD, WRONG)
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("actplot: error: ")
        assert captured.err.count("\n") == 1
        assert "should not have happened" not in captured.err
    assert list(tmp_path.iterdir()) == []


def test_a_standard_input_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    done = shell("actplot relu --at - --table 0>/dev/null; echo $?", tmp_path)
    assert done.stdout == "1\n"
    assert done.stderr.startswith("actplot: error: cannot read standard input")


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    done = shell('mkdir gone; cd gone; rmdir "$PWD"; actplot relu -o a.csv -o b.csv; echo $?', tmp_path)
    assert done.stdout == "1\n"
    assert done.stderr.startswith("actplot: error: cannot write a.csv")


def test_standard_output_by_its_other_name_is_not_replaced(tmp_path: Path) -> None:
    shell("echo old > a; actplot relu --format csv -o /dev/stdout >> a", tmp_path)
    assert (tmp_path / "a").read_text().startswith("old\nname,x,f\n")
    assert shell("actplot relu --format csv -o /dev/stdout | head -1", tmp_path).stdout == "name,x,f\n"


@pytest.mark.parametrize(
    "closed", [closed for _, closed in in_turn(["one"], ["<&-", ">&-", "2>&-"], 1)] + ["<&- >&- 2>&-"]
)
def test_closed_streams_do_not_end_up_in_a_file(run: Run, tmp_path: Path, closed: str) -> None:
    names = ["a.csv", "a.png"]
    assert run("relu", *(word for name in names for word in ("-o", name))).returncode == 0
    shell(f"mkdir b; cd b; actplot relu {' '.join(f'-o {name}' for name in names)} {closed}", tmp_path)
    for name in names:
        assert (tmp_path / "b" / name).read_bytes() == (tmp_path / name).read_bytes()


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252"])
def test_help_comes_out_whatever_letters_the_stream_lacks(run: Run, encoding: str) -> None:
    for arguments in (["--help"], ["relu", "--help"], ["check", "--help"], ["list"], ["relu", "-d"]):
        done = run(*arguments, env={"PYTHONIOENCODING": encoding})
        assert (done.returncode, done.stderr) == (0, b""), arguments
        assert done.stdout.decode(encoding)


@pytest.mark.parametrize("size", ["0", "-3", "abc", "", "²", "9" * 5000])
def test_a_size_that_no_screen_has_is_ignored(run: Run, size: str) -> None:
    usual = {"relu -d": run("relu", "-d").stdout, "--help": run("--help").stdout}
    for line, shown in usual.items():
        done = run(*line.split(), env={"COLUMNS": size, "LINES": size})
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == shown or size.startswith("9"), line


@pytest.mark.parametrize("title", ["a\udcffb", "\ufeff", "\x1b[31m", "a\nb\r\tc", "\uffff", "\x85"], ids=ascii)
def test_a_title_is_one_line_of_text_everywhere(run: Run, tmp_path: Path, title: str) -> None:
    files = [word for suffix in ("png", "svg", "pdf", "md", "tex", "txt") for word in ("-o", f"a.{suffix}")]
    done = run("relu", "-d", "--at", "0,1", "--table", "--terminal", "--title", title, *files)
    assert (done.returncode, done.stderr) == (0, b"")
    ElementTree.parse(tmp_path / "a.svg")
    assert len((tmp_path / "a.txt").read_text(encoding="utf-8").splitlines()) == 2
    shown = [done.stdout, *((tmp_path / f"a.{suffix}").read_bytes() for suffix in ("svg", "md", "tex", "txt"))]
    assert not any(byte < 0x20 and byte != ord("\n") for text in shown for byte in text)


def test_a_failed_run_keeps_the_old_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"old")
    done = run("relu", "-o", "a.png", "-o", "missing/b.png")
    assert done.returncode == WORLD
    assert (tmp_path / "a.png").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_a_file_size_limit_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")
    done = shell("trap '' XFSZ; ulimit -f 8; actplot relu -n 100000 -o a.csv; echo $?", tmp_path)
    assert done.stdout == "1\n"
    assert done.stderr.startswith("actplot: error: cannot write")
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_link_stays_a_link_and_permissions_stay(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "real.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert run("relu", "-o", "link.csv").returncode == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("name,x,f")
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    shell("umask 027; actplot relu -o a.csv", tmp_path)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_ctrl_c_ends_with_130_and_whole_files(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "actplot", "gallery", "out", "--jobs", "2"],
        cwd=tmp_path,
        env=clean_environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while not list((tmp_path).glob("out/*.png")):
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    finished = list((tmp_path / "out").iterdir())
    assert finished
    for path in finished:
        if path.name == ".actplot.json":  # what the run may write, noted before it does
            json.loads(path.read_text())
            continue
        assert path.suffix == ".png"
        assert path.read_bytes().endswith(b"IEND\xaeB`\x82")


def test_ctrl_c_while_points_are_typed(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "actplot", "relu", "--at", "-", "--table"],
        cwd=tmp_path,
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(b"1, 2")
    process.stdin.flush()
    while unread(process.stdin.fileno()):  # when it has read what is typed it waits for more
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (out, errors) == (b"", b"")


def unread(pipe: int) -> int:
    """Return how many bytes wait in a pipe."""
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


def test_no_writable_home_is_no_matter(run: Run, tmp_path: Path) -> None:
    environment = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR"), "/dev/null/home")
    done = run("relu", "-d", "-o", "a.png", env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "a.png").stat().st_size > 10_000


def test_a_png_is_not_thrown_at_a_terminal(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "actplot", "relu", "--format", "png"],
        stdout=follower,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=clean_environment(),
        check=False,
        timeout=30,
    )
    os.close(follower)
    os.close(leader)
    assert done.returncode == WRONG
    assert b"not for the terminal" in done.stderr


def test_a_range_without_integers_gets_a_note(run: Run) -> None:
    done = run("relu", "--range", "0.1", "0.9", "--format", "csv")
    assert done.returncode == 0
    assert done.stderr.startswith(b"actplot: the range 0.1 0.9 has no integers")
    assert len(done.stdout.splitlines()) == 12
    assert run("relu", "--range", "0.1", "0.9", "--format", "csv", "-q").stderr == b""


def test_an_unforeseen_failure_is_one_line_too(tmp_path: Path) -> None:
    source = (
        "import actplot.cli, sys\n"
        "def fail(arguments): raise ZeroDivisionError('by\\nnothing')\n"
        "actplot.cli.run = fail\n"
        "from actplot.__main__ import main\n"
        "sys.exit(main(['relu']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, env=clean_environment(), check=False, timeout=30
    )
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert b"please report it" in done.stderr


def test_what_the_hints_say_works(run: Run) -> None:
    for arguments in (["--", "-x"], ["elu:alpha=0.5/1"], ["exp(x)"], ["0*x + 2"], ["relu", "--at=1,2,3"]):
        assert run(*(["--format", "csv", *arguments])).returncode == 0, arguments


def test_a_number_is_no_function_in_python_either() -> None:
    import actplot

    with pytest.raises(ValueError, match="is a number, not a function"):
        actplot.get("2")
    assert actplot.get("0*x + 2")(1.0) == (2.0, 0.0)
