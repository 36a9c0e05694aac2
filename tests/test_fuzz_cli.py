"""More than ten thousand generated command lines: each works, or fails in one line with a documented code.

They run in this process, a millisecond each. Few points and few figures keep it so: a line says something new
by what it mixes, not by how much it draws. A failing line is printed, and kept for the next run.
"""

from __future__ import annotations

import functools
import io
import os
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import actplot
from actplot.__main__ import main

Lines = st.SearchStrategy[list[str]]
Texts = st.SearchStrategy[str]

SECONDS = 5.0  # of this process, for one line
STUCK = 30.0  # of the clock: a line that waits for something that never comes

# ---- the bricks ---------------------------------------------------------------------------------------------------

ODD = ["", " ", "\n", "\t", "\0", "\x1b[31m", "\udcff", "\ufeff", "\u202e", "😀", "²", "−", "'", '"', "\\", "%s", "{}", "$x$"]
# st.text() knows more of them; no "/", for a file of that name is to stay in its folder.
ANY = st.text(st.characters(exclude_characters="/"), max_size=12)
SMALL = st.floats(-50, 50).map(repr) | st.integers(-50, 50).map(str)
NUMBERS = st.one_of(
    SMALL,
    SMALL,
    st.floats().map(repr),
    st.sampled_from("0 -0 -0.0 +1 1. .5 1e3 1E-3 1e308 -1e308 1e400 -1e400 5e-324 1e-400 nan -nan NaN inf".split()),
    st.sampled_from("-inf Infinity 0x10 0b1 1_0 1e 1e+ e5 - + . 1j 1,5 1.2.3 1d5 5L ١٢ １２ ½ −5 0.1.0 1/2 1/0".split()),
    st.sampled_from([*ODD, " 5 ", "5\n", "\u00a05", "9" * 400, "0." + "0" * 400 + "1", "1e" + "9" * 50]),
)
# Between these, tables have millions of rows: lawful, and slow.
ENDS = NUMBERS.filter(lambda text: not 1e3 < abs(number(text)) < 1e8)
COUNTS = st.integers(-3, 60).map(str) | st.sampled_from(["1e1", "2.0", "1e12", "1e400"]) | NUMBERS.filter(
    lambda text: not 1e3 < abs(number(text)) < 1e8
)


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def spelled(name: str) -> Texts:
    """The spellings that find it, and a slip of the finger."""
    return st.sampled_from([name, name.upper(), name.replace("_", "-"), name.title().replace("_", ""), name[:-1], name + "e"])


NAMES = st.sampled_from(actplot.names()).flatmap(spelled) | st.sampled_from(actplot.names())
KEYS = st.sampled_from(["alpha", "beta", "lambda", "negative_slope", "threshold", "x", "pi", "", "α", "alpha "])
ATOMS = st.sampled_from(["x", "x", "x", "1", "0.5", "pi", "alpha", "1e999", "f", "y", "()", "x.y", "'x'", "2**9**9**9"])
FORMULAS = st.recursive(
    ATOMS,
    lambda smaller: st.one_of(
        st.builds("{}{}{}".format, smaller, st.sampled_from(["+", "-", "*", "/", "**", " ", "^", "//", ":="]), smaller),
        st.builds("{}({})".format, st.sampled_from(["sin", "log", "sqrt", "abs", "relu", "Phi", "eval", "swish"]), smaller),
        st.builds("max({}, {})".format, smaller, smaller),
        st.builds("({} if {} < {} else {})".format, smaller, smaller, smaller, smaller),
    ),
    max_leaves=5,
)
HEADS = st.one_of(NAMES, NAMES, NAMES, FORMULAS, ANY, st.sampled_from([*ODD, "nosuch", "plot", "relu" * 999, "(" * 500]))
VALUES = st.lists(NUMBERS, min_size=1, max_size=4).map("/".join)
GIVEN = st.lists(st.builds("{}={}".format, KEYS, VALUES) | ANY, max_size=2).map(",".join)
GOOD_SPECS = st.one_of(
    st.sampled_from(actplot.names()),
    st.sampled_from(["elu:alpha=0.5/1/2", "leaky_relu:negative_slope=.2", "x*sigmoid(x)", "x**alpha:alpha=2", "max(x, 0)"]),
)
SPECS = st.one_of(GOOD_SPECS, GOOD_SPECS, HEADS, st.builds("{}:{}".format, HEADS, GIVEN))

STEPS = st.builds("{}:{}:{}".format, SMALL, SMALL, st.sampled_from(["1", "0.5", "-3", "0", "-0", "nan", "inf", "1e-300", "", "x"]))
POINTS = st.one_of(
    st.lists(NUMBERS | STEPS, max_size=4).map(",".join),
    st.lists(SMALL, min_size=1, max_size=5).map(" ".join),
    STEPS,
    st.sampled_from(["-", "@points.txt", "@points.txt", "@binary", "@missing", "@folder.csv", "@", "@.", "@@", "@/dev/null"]),
    st.sampled_from(["@" + "x" * 300, "@\0", "@\udcff", "@loop.csv", "@/dev/null/x", "@/proc/self/mem", "1:2:3:4", "::", ":"]),
    ANY,
)
TABLES = st.sampled_from([f"{stem}{suffix}" for stem in "ab" for suffix in (".csv", ".json", ".md", ".tex", ".txt", ".CSV")])
PLACES = st.one_of(
    TABLES,
    TABLES,
    st.sampled_from(["-", "old.csv", "link.csv", "loop.csv", "dangling.csv", "folder.csv", "old.csv/a.csv", "missing/a.csv"]),
    st.sampled_from(["/dev/null", "/dev/full", "/dev/null/a.csv", "a.csv/", ".csv", "a", "a.gif", "..", ".", "", "~", "../a.csv"]),
    st.sampled_from(["x" * 300 + ".csv", "a\0.csv", "a\n.csv", "\udcff.csv", "é😀.csv", "%s{}.csv", "--.csv", " .csv", "./a.csv"]),
    st.builds("{}.csv".format, ANY),
    ANY,
)
FORMATS = st.sampled_from(["csv", "json", "md", "tex", "text", "txt", "CSV"] * 2 + ["gif", "", "csv ", ".csv", *ODD])
LOOKS = st.sampled_from(["light", "dark", "paper", "tutorial", "default", "ggplot", "lihgt", "good.mplstyle", "bad.mplstyle"])
STYLES = LOOKS | st.sampled_from(["missing.mplstyle", "binary.mplstyle", "folder.mplstyle", ".mplstyle", "../x.mplstyle", *ODD])
SIZES = st.builds("{}x{}".format, NUMBERS, NUMBERS) | st.sampled_from(["6x4", "1x1", "3X2", "6×4", "x", "6", "6x4x2", *ODD])
TITLES = ANY | st.sampled_from([*ODD, "$", "$$", "$x", "\\frac", "$\\frac{}$", "\\N{DASH}", "a\nb", "t" * 999, "{x:%s}", "[b]x[/b]"])

# ---- command lines -------------------------------------------------------------------------------------------------


def flag(*names: str) -> Lines:
    return st.sampled_from(names).map(lambda name: [name])


def option(values: Texts, *names: str) -> Lines:
    """An option and its value, apart or joined."""
    name = st.sampled_from(names)
    apart = st.builds(lambda name, value: [name, value], name, values)
    joined = st.builds(lambda name, value: [f"{name}{'=' * name.startswith('--')}{value}"], name, values)
    return apart | apart | joined


def positional(values: Texts, at_least: int = 1, at_most: int = 3) -> Lines:
    return st.lists(values, min_size=at_least, max_size=at_most)


CONTENT = [flag("-d", "--derivative"), flag("--second"), flag("--difference"), flag("-q", "--quiet"), flag("-dq")]
WHERE = [
    st.builds(lambda name, low, high: [name, low, high], st.sampled_from(["-r", "--range"]), ENDS, ENDS),
    option(COUNTS, "-n", "--samples"),
    option(POINTS, "--at"),
    option(POINTS, "--at"),
    option(st.sampled_from(["undefined", "left", "right", "mid", "LEFT", "both", ""]), "--at-kink"),
]
FORM = [flag("--table"), option(FORMATS, "--format"), option(FORMATS, "--format")]
FILES = [option(PLACES, "-o", "--output")]
LOOK = [
    option(STYLES, "--style"),
    option(SIZES, "--size"),
    option(NUMBERS, "--dpi"),
    option(TITLES, "--title"),
    flag("--plain", "--annotate", "--equal", "--transparent", "--responsive", "--terminal"),
]
SLIPS = [flag("--nosuch", "-x", "--", "-", "--deriv", "--range=1", "-dz", "--no-quiet", "--table=1", "---", "-h=1", "--json")]
# At the end of a line these lack their value.
BARE = st.sampled_from([[]] * 12 + [["-o"], ["--at"], ["-r"], ["-r", "1"], ["--style"], ["-n"], ["--only"], ["--seed"]])


@st.composite
def lines(
    draw: Callable[..., Any], command: list[str], names: Lines, pieces: list[Lines], fixed: list[Lines], most: int = 4
) -> list[str]:
    """A command, its names and some options in any order, and now and then a last one without its value."""
    chosen = draw(st.lists(st.one_of(pieces), max_size=most)) if pieces else []
    chosen += [draw(piece) for piece in fixed]
    groups = draw(st.permutations([draw(names), *chosen]))
    return [*command, *(word for group in groups for word in group), *draw(BARE)]


def plot(pieces: list[Lines], *fixed: Lines, names: Texts = SPECS) -> Lines:
    short = lines([], positional(names), pieces, list(fixed))
    return short | short | lines(["plot"], positional(names, 0), pieces, list(fixed))


PICTURES = st.sampled_from(["a.png", "a.svg", "a.pdf", "a.PNG", "old.csv", "missing/a.png", "/dev/full"])
FEW = option(st.sampled_from(["10", "33"]), "-n")
SMALL_SHEET = option(st.sampled_from(["2x2", "3x2"]), "--size")
FOLDERS = st.sampled_from(["out", "out", "new/deep", "old.csv", "/dev/null/out", "dangling.csv", "\0", "x" * 300, "\udcff", "-"])
ONLY = st.sampled_from(["relu", "relu,gelu", "re?u", "hard_[", "[!a-z]*", "nosuch", ",", "", "*nosuch*", "x**2", "elu:alpha=2"])
WORDS = st.one_of(ANY, SPECS, POINTS, NUMBERS, st.sampled_from(["plot", "info", "list", "--help", "-h", "--version", "help"]))


@dataclass(frozen=True)
class Profile:
    """One kind of command lines, and how many of them to try."""

    lines: Lines
    count: int


PROFILES = {
    "tables": Profile(plot([*CONTENT, *WHERE, *SLIPS], st.one_of(FORM)), 3200),
    "points": Profile(plot(CONTENT, st.one_of(WHERE), st.one_of(FORM), names=GOOD_SPECS), 2200),
    "files": Profile(plot([*CONTENT, *WHERE, *FILES], st.one_of(FILES), names=GOOD_SPECS), 1600),
    "looks of tables": Profile(plot([*FORM, *LOOK, *WHERE], st.one_of(LOOK), names=GOOD_SPECS), 900),
    "charts": Profile(plot([*CONTENT, *WHERE, *LOOK, flag("--terminal")], FEW), 700),
    "pictures": Profile(plot([*CONTENT, *WHERE, *LOOK, *SLIPS], SMALL_SHEET, option(PICTURES, "-o"), FEW, names=GOOD_SPECS), 160),
    "information": Profile(lines(["info"], positional(SPECS, 0, 2), [flag("--json"), *SLIPS], [], 2), 500),
    "list": Profile(lines(["list"], positional(WORDS, 0, 1), [flag("--json", "-h"), *SLIPS], [], 2), 100),
    "galleries": Profile(
        lines(
            ["gallery"],
            st.builds(lambda folder, specs: [folder, *specs], FOLDERS, positional(SPECS, 1, 2)),
            [option(ONLY, "--only"), option(STYLES, "--style"), flag("--force", "-q"), *SLIPS],
            [option(st.sampled_from(["csv", "csv", "json", "csv,json", "gif", ",", "csv,,json ", ""]), "--format"), option(NUMBERS.filter(lambda text: not 2 < number(text) < 1e3), "--jobs")],
        ),
        500,
    ),
    "checks": Profile(
        lines(
            ["check"],
            positional(SPECS, 1, 1),
            [option(NUMBERS, "--max-ulp"), option(NUMBERS, "--seed"), option(SPECS, "--against"), flag("--json", "-q"), *SLIPS],
            [],
        ),
        200,
    ),
    "anything": Profile(st.lists(WORDS, max_size=6), 1500),
}

# ---- what must hold ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Done:
    """What a command line came to."""

    code: int
    stdout: bytes
    stderr: str
    seconds: float


class Stuck(BaseException):
    """A line took too long; no handler of the program's own stops this."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_number: int, _frame: object) -> None:
        raise Stuck

    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def run_here(arguments: list[str], stdin: bytes) -> Done:
    """Run a command line in this process, with streams of its own."""
    streams = sys.stdin, sys.stdout, sys.stderr
    out, errors = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    sys.stdout, sys.stderr = (io.TextIOWrapper(raw, "utf-8", write_through=True) for raw in (out, errors))
    start = time.process_time()
    try:
        with _alarm(STUCK):
            code = main(arguments)
        return Done(code, out.getvalue(), errors.getvalue().decode(), time.process_time() - start)
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams


@dataclass(frozen=True)
class Desk:
    """A folder with what the command lines mention; the lines run in a folder inside it."""

    root: Path

    @property
    def inside(self) -> Path:
        return self.root / "inside"

    def lay(self) -> None:
        self.inside.mkdir(exist_ok=True)
        for name in ("folder.csv", "folder.mplstyle"):
            (self.inside / name).mkdir(exist_ok=True)
        for name, data in self.files.items():
            (self.inside / name).write_bytes(data)
        for name, target in {"link.csv": "old.csv", "loop.csv": "loop.csv", "dangling.csv": "missing/a.csv"}.items():
            (self.inside / name).symlink_to(target)

    files = {
        "old.csv": b"old",
        "points.txt": b"1, 2\n-0.5:1:0.5",
        "binary": b"\xff\xfe\x00\x80",
        "binary.mplstyle": b"\xff\xfe\x00\x80",
        "good.mplstyle": b"lines.linewidth: 3\n",
        "bad.mplstyle": b"nosuch.setting: 3\n",
    }

    def seen(self) -> dict[str, bytes | None]:
        """Everything there, files with their content."""
        return dict(self._walk(os.fsencode(self.root)))

    def _walk(self, folder: bytes) -> Iterator[tuple[str, bytes | None]]:
        for entry in os.scandir(folder):
            is_file = entry.is_file(follow_symlinks=False)
            yield repr(entry.path), Path(os.fsdecode(entry.path)).read_bytes() if is_file else None
            if entry.is_dir(follow_symlinks=False):
                yield from self._walk(entry.path)

    def clear(self) -> None:
        for entry in os.scandir(self.root):
            if entry.path == str(self.inside):
                for inner in os.scandir(self.inside):
                    _remove(inner)
            else:
                _remove(entry)
        self.lay()


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path)
    else:
        os.unlink(entry.path)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The folder; and a process that can run many command lines and is afterwards what it was."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.lay()
    before = Path.cwd(), sys.excepthook, signal.getsignal(signal.SIGPIPE), os.dup(1)
    patch = pytest.MonkeyPatch()
    # Building the commands takes 8 ms, parsing and running a line less than one.
    patch.setattr(typer.main, "get_command", functools.cache(typer.main.get_command))
    patch.setenv("HOME", str(desk.root))
    os.chdir(desk.inside)
    yield desk
    patch.undo()
    os.chdir(before[0])
    sys.excepthook = before[1]
    signal.signal(signal.SIGPIPE, before[2])
    os.dup2(before[3], 1)
    os.close(before[3])


def judge(arguments: list[str], done: Done, before: dict[str, bytes | None], after: dict[str, bytes | None]) -> None:
    """Assert what is documented of every run."""
    assert "Traceback" not in done.stderr
    assert "should not have happened" not in done.stderr, done.stderr
    assert done.code in (0, 1, 2)
    assert done.seconds < SECONDS
    said = done.stderr.splitlines(keepends=True)
    assert all(line.startswith("actplot: ") and line.endswith("\n") for line in said), said
    wrong = [line for line in said if line.startswith("actplot: error: ")]
    if done.code == 0:
        assert not wrong
        return
    assert len(wrong) == 1
    assert said[-1] == wrong[0]
    assert wrong[0].isprintable() or wrong[0][:-1].isprintable(), wrong
    if done.code == 1 and " over " in wrong[0] and "ULP" in wrong[0]:
        assert done.stdout  # the report of ``actplot check``, whose bad news this is
    else:
        assert done.stdout == b""
    assert after == before


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm clock on this system")
@pytest.mark.parametrize("kind", PROFILES)
def test_a_command_line_works_or_says_in_one_line_why_not(desk: Desk, kind: str) -> None:
    profile = PROFILES[kind]
    codes: Counter[int] = Counter()
    clean = desk.seen()

    @settings(max_examples=profile.count, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
    @given(profile.lines, st.sampled_from([b"", b"1 2 3", b"\xff", b"0:3:1,x"]))
    def try_one(arguments: list[str], stdin: bytes) -> None:
        try:
            done = run_here(arguments, stdin)
            after = desk.seen()
            codes[done.code] += 1
            judge(arguments, done, clean, after)
        finally:
            if desk.seen() != clean:
                desk.clear()

    try_one()
    assert sum(codes.values()) >= profile.count
    print(f"{sum(codes.values())} lines of {kind}: " + ", ".join(f"{n} ended with {code}" for code, n in sorted(codes.items())))


def test_ten_thousand_lines_are_tried() -> None:
    assert sum(profile.count for profile in PROFILES.values()) >= 10_000
