"""More than ten thousand generated command lines: each works, or fails in one line with a documented code.

They run in this process, a few milliseconds each. Few points and few figures keep it so: a line says something new
by what it mixes, not by how much it draws. An ordinary run tries one part of sixty, another one each day;
``ACTPLOT_FUZZ=1`` tries as many as are told, ``ACTPLOT_FUZZ=10`` ten times as many, and always new ones. A line
that fails is printed, and tried first in the next run.
"""

from __future__ import annotations

import io
import math
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
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import actplot
from actplot.__main__ import main
from tests.walking import DAY, EVERYTHING, share

T = TypeVar("T")
Texts = st.SearchStrategy[str]
Lines = st.SearchStrategy[list[str]]

SECONDS = 20.0  # of this process, for one line; a machine with much else to do counts three times as many
ENOUGH = 50  # lines, to say of their kind how many work
PARTS = 60  # of the lines; a day has one
STUCK = 120.0  # of the clock: a line that waits for something that never comes

# ---- words


def mostly(good: st.SearchStrategy[T], bad: st.SearchStrategy[T], times: int = 40) -> st.SearchStrategy[T]:
    """Draw a good one, and now and then a bad one: of a line in which all is wrong only the first thing is read."""
    return st.sampled_from([good] * times + [bad]).flatmap(lambda chosen: chosen)


def words(*lines: str) -> Texts:
    return st.sampled_from([word for line in lines for word in line.split(" ")])


ODD = ["", " ", "\n", "\t", "\x1b[31m", "\udcff", "\ufeff", "\u202e", "😀", "²", "−", "'", '"', "\\", "%s", "{}"]
# Without NUL, which no argument holds, and without "/": a file of such a name is to stay where the line runs.
ANY = st.text(st.characters(exclude_characters="\0/"), max_size=12) | st.sampled_from(ODD)

SMALL = st.floats(-50, 50).map(repr) | st.integers(-50, 50).map(str)
ODD_NUMBERS = st.one_of(
    st.floats().map(repr),
    words("-0 -0.0 +1 1. .5 1e3 1E-3 1e308 -1e308 1e400 -1e400 5e-324 1e-400 nan -nan NaN inf -inf Infinity"),
    words("0x10 0b1 1_0 1e 1e+ e5 - + . 1j 1,5 1.2.3 1d5 5L 1/2 1/0 ١٢ １２ ½ −5", "5\n", "\u00a05", f"1e{'9' * 50}"),
    st.sampled_from(["9" * 400, "0." + "0" * 400 + "1"]),
    ANY,
)
NUMBERS = mostly(SMALL, ODD_NUMBERS, 12)


def is_short(text: str) -> bool:
    """Say whether a table of so many rows, or up to there, is short or refused; in between it is lawful and slow."""
    try:
        return not 1e3 < abs(float(text)) < 1e8
    except ValueError:
        return True


ENDS = NUMBERS.filter(is_short)
COUNTS = mostly(st.integers(2, 60).map(str), words("-1 0 1 1e1 2.0 1e12 1e400") | ODD_NUMBERS.filter(is_short))


def spelled(name: str) -> Texts:
    return st.sampled_from([name, name.upper(), name.replace("_", "-"), name.title().replace("_", ""), f"{name} "])


GOOD_NAMES = st.sampled_from(actplot.names()).flatmap(spelled)
BAD_NAMES = (
    words("nosuch sigmod relu( galery plot list", "relu" * 99, "(" * 500) | GOOD_NAMES.map(lambda n: n[:-1]) | ANY
)
KEYS = mostly(words("alpha beta lambda negative_slope threshold"), words("x pi α f Alpha", "", "alpha ", "a b"))
ATOMS = mostly(words("x x x 1 0.5 2 pi"), words("alpha y f 1e999 () x.y 'x' 2**9**9**9 1_0 0x1 […]"), 60)


def larger(smaller: Texts) -> Texts:
    signs, functions = words("+ - * / **", " "), words("sin log sqrt abs relu Phi swish tan softplus")
    return st.one_of(
        st.builds("({}{}{})".format, smaller, mostly(signs, words("^ // := == @ , .")), smaller),
        st.builds("{}({})".format, mostly(functions, words("eval exec __import__ nosuch")), smaller),
        st.builds("max({}, {})".format, smaller, smaller),
        st.builds("({} if {} < {} else {})".format, smaller, smaller, smaller, smaller),
    )


FORMULAS = st.recursive(ATOMS, larger, max_leaves=5)
PRINTED = mostly(
    words(
        "LeakyReLU(0.2) nn.GELU(approximate='tanh') torch.nn.SiLU F.silu(x) tf.nn.leaky_relu jax.nn.gelu",
        "keras.layers.LeakyReLU(negative_slope=0.3) Hardtanh(min_val=-2.0,max_val=2) nn.ELU(0.5)(x) ReLU(inplace=True)",
        "Softplus(beta=1.0,threshold=20.0) nn.functional.mish tf.nn.relu6 keras.activations.gelu gelu_pytorch_tanh",
    ),
    words("ELU(nan) GELU('no') nn. ReLU(3) LeakyReLU(0.2"),
)
NUMPY = larger(
    words(
        "np.maximum(0,x) (x>0)*1.0 torch.tanh(x) |x| x² √(1+x²) (2·x) np.where(x>0,x,0.1*x) 1/(1+np.exp(-x))",
        "x.clamp(0) e^-x",
    )
)
LATEX = st.recursive(
    mostly(words(r"x x e^{-x} \sigma(x) |x| x^2"), words(r"\frac \foo x^10 \left( \alpha"), 60),
    lambda smaller: st.one_of(
        st.builds(r"\frac{{{}}}{{{}}}".format, smaller, smaller),
        st.builds(r"\tanh\left({}\right)\,{}".format, smaller, smaller),
        st.builds(r"\max(0, {})+{}".format, smaller, smaller),
        st.builds(r"\begin{{cases}} {} & x > 0 \\ {} & \text{{otherwise}} \end{{cases}}".format, smaller, smaller),
    ),
    max_leaves=4,
)
HEADED = st.builds("{}{}".format, words("y= f(x)= lambda\u00a0x: (1):"), NUMPY | LATEX)
PASTED = st.one_of(PRINTED, NUMPY, LATEX, HEADED)
SWEEPS = st.sampled_from(["elu:alpha=0.5/1/2", "leaky_relu:negative_slope=.2", "x**alpha:alpha=2", "swish:beta=1/2/3"])
ASSIGNED = st.builds("{}={}".format, KEYS, st.lists(NUMBERS, min_size=1, max_size=4).map("/".join))
GIVEN = st.lists(mostly(ASSIGNED, ANY), min_size=1, max_size=2).map(",".join)
HEADS = mostly(st.one_of(GOOD_NAMES, GOOD_NAMES, FORMULAS, PASTED), BAD_NAMES)
SPECS = mostly(st.one_of(HEADS, HEADS, SWEEPS), st.builds("{}:{}".format, HEADS, GIVEN), 16)
GOOD_SPECS = mostly(st.one_of(GOOD_NAMES, SWEEPS, FORMULAS, PASTED), SPECS, 15)

STEPS = mostly(
    st.builds(lambda low, steps: f"{low}:{low + steps}:0.5", st.integers(-20, 20), st.integers(1, 20)),
    st.builds("{}:{}:{}".format, SMALL, SMALL, words("1 0.5 -3 0 -0 nan inf 1e-300 x 1:2", "")),
    12,
)
POINTS = mostly(
    st.lists(SMALL | STEPS, min_size=1, max_size=4).map(",".join) | words("- @points.txt @points.txt"),
    st.one_of(
        st.lists(NUMBERS | STEPS, max_size=4).map(" ".join),
        words("@binary @missing @folder.csv @ @. @@ @/dev/null @loop.csv @/dev/null/x @/proc/self/mem :: : 1:2:3:4"),
        st.builds("@{}".format, ANY),
        st.just("@" + "x" * 300),
        ANY,
    ),
    12,
)
PLACES = mostly(
    st.builds("{}{}".format, words("a b old link ./a"), words(".csv .json .md .tex .txt .CSV")),
    st.one_of(
        words("- loop.csv dangling.csv folder.csv old.csv/a.csv missing/a.csv /dev/null /dev/full /dev/null/a.csv"),
        words("a a.gif a.csv/ .csv .. . ~ ../a.csv --.csv %s{}.csv é😀.csv", "", "x" * 300 + ".csv", "missing\n/a.csv"),
        st.builds("{}.csv".format, ANY),
        ANY,
    ),
    12,
)
FORMATS = mostly(words("csv json md tex text txt CSV"), words("gif .csv", "csv ", "png,csv") | ANY)
STYLES = mostly(
    words("light dark paper tutorial default ggplot good.mplstyle"),
    words("lihgt bad.mplstyle missing.mplstyle binary.mplstyle folder.mplstyle .mplstyle ../x.mplstyle")
    | st.builds("{}.mplstyle".format, ANY)
    | ANY,
)
SIZES = mostly(words("2x2 3X2 2×3 1x1"), st.builds("{}x{}".format, NUMBERS, NUMBERS) | words("x 6 6x4x2 0x0") | ANY)
DPIS = mostly(words("10 50 99.5"), NUMBERS)
TITLES = words("$ $$ $x \\frac $\\frac{}$ \\N{DASH} {x:%s} [b]x[/b]", "a\nb", "t" * 999, "a\\", "_ ^", "$x^y^z$") | ANY
RULES = mostly(words("undefined left right mid"), words("LEFT both", "") | ANY)

# ---- lines


def flag(*names: str) -> Lines:
    return st.sampled_from(names).map(lambda name: [name])


def option(values: Texts, *names: str) -> Lines:
    """An option and its value, apart or joined."""
    name = st.sampled_from(names)
    apart = st.builds(lambda name, value: [name, value], name, values)
    joined = st.builds(lambda name, value: [f"{name}{'=' * name.startswith('--')}{value}"], name, values)
    return apart | apart | joined


CONTENT = [
    flag("-d", "--derivative", "-dq"),
    flag("--second"),
    flag("--difference"),
    flag("-q", "--quiet"),
    option(mostly(words("1 3 17"), words("0 few")), "--digits"),
]
WHERE = [
    mostly(
        st.builds(lambda low, high: ["-r", str(low), str(low + high)], st.integers(-20, 20), st.floats(1e-3, 50)),
        st.builds(lambda name, low, high: [name, low, high], words("-r --range"), ENDS, ENDS),
        6,
    ),
    option(COUNTS, "-n", "--samples"),
    option(POINTS, "--at"),
    option(POINTS, "--at"),
    option(RULES, "--at-kink"),
]
FORM = [flag("--table"), option(FORMATS, "--format"), option(FORMATS, "--format")]
FILES = option(PLACES, "-o", "--output")
LOOK = [
    option(STYLES, "--style"),
    option(SIZES, "--size"),
    option(DPIS, "--dpi"),
    option(TITLES, "--title"),
    option(TITLES, "--xlabel", "--ylabel", "--label"),
    option(mostly(words("talk poster 2 0.5"), NUMBERS), "--scale"),
    option(mostly(st.floats(-5, 5).map(repr), NUMBERS), "--tangent"),
    mostly(
        st.builds(lambda low, high: ["--ylim", str(low), str(low + high)], st.integers(-20, 20), st.floats(1e-3, 50)),
        st.builds(lambda low, high: ["--ylim", low, high], NUMBERS, NUMBERS),
        6,
    ),
    flag("--plain", "--annotate", "--equal", "--transparent", "--responsive", "--text"),
]
SLIPS = flag(
    "--nosuch", "-x", "--", "-", "--deriv", "--range=1", "-dz", "--no-quiet", "--table=1", "---", "-h=1", "--json"
)
# At the end of a line these lack their value.
BARE = st.sampled_from([["-o"], ["--at"], ["-r"], ["-r", "1"], ["--style"], ["-n"], ["--only"], ["--seed"]])


def once(groups: list[list[str]]) -> list[list[str]]:
    """Leave out options that the command takes once and that stand there already, by another name or another way."""
    kept: dict[str, list[str]] = {}
    for group in groups:
        name = group[0].partition("=")[0] if group[0].startswith("--") else group[0][:2]
        kept.setdefault(
            {"-r": "--range", "-n": "--samples", "--table": "--format", "--terminal": "--format"}.get(name, name), group
        )
    return list(kept.values())


def line(command: list[str], names: Lines, some: list[Lines], always: list[Lines], most: int = 4) -> Lines:
    """A command, its names and options in any order, and now and then a slip or a last option without its value."""

    @st.composite
    def build(draw: Callable[..., Any]) -> list[str]:
        groups = [*map(draw, always), *draw(st.lists(st.one_of(some), max_size=most))]
        groups = [draw(names), *(once(groups) if draw(mostly(st.just(True), st.just(False), 20)) else groups)]
        groups = [
            *draw(st.permutations(groups)),
            *draw(mostly(st.just([]), st.lists(SLIPS | BARE, min_size=1, max_size=1))),
        ]
        return [*command, *(word for group in groups for word in group)]

    return build()


def listed(values: Texts, at_least: int, at_most: int) -> Lines:
    return st.lists(values, min_size=at_least, max_size=at_most)


def plot(names: Texts, some: list[Lines], *always: Lines) -> Lines:
    short = line([], listed(names, 1, 3), some, list(always))
    return short | short | line(["plot"], mostly(listed(names, 1, 3), st.just([])), some, list(always))


GALLERY_NAMES = st.builds(
    lambda folder, specs: [folder, *specs],
    mostly(words("out out new/deep ../next - ~"), words("old.csv /dev/null/out dangling.csv", "x" * 300, "") | ANY),
    listed(SPECS, 1, 2),
)
ONLY = mostly(
    words("relu relu,gelu re?u radial hard_[st]*"), words("hard_[ [!a-z]* nosuch , *nosuch* x**2 elu:alpha=2", "")
)
GALLERY_FORMATS = mostly(words("csv json csv,json CSV", "csv,,json "), words("gif , csv;json", ""))
JOBS = mostly(words("1 1.0 2"), NUMBERS.filter(lambda text: text not in {str(n) for n in range(3, 51)}))
PICTURES = mostly(words("a.png a.svg a.pdf a.PNG"), words("missing/a.png /dev/full folder.png/ a.gif"))
WORDS = st.one_of(ANY, SPECS, POINTS, NUMBERS, words("plot info list --help -h --version help -- - --title --at="))


@dataclass(frozen=True)
class Kind:
    """A kind of command lines, and how many of them there are to try."""

    lines: Lines
    count: int
    least: float = 0.0  # share of the lines that come to a figure, a table, a chart or a file


KINDS = {
    "names": Kind(plot(SPECS, [*CONTENT, *WHERE], st.one_of(FORM)), 2600, 0.6),
    "points": Kind(plot(GOOD_SPECS, CONTENT, st.one_of(WHERE), st.one_of(FORM)), 2400, 0.6),
    "files": Kind(plot(GOOD_SPECS, [*CONTENT, *WHERE, *FORM, FILES], FILES), 1600, 0.6),
    "looks": Kind(plot(GOOD_SPECS, [*FORM, *WHERE, *LOOK], st.one_of(LOOK), st.one_of(FORM)), 800, 0.6),
    "charts": Kind(plot(GOOD_SPECS, [*CONTENT, *WHERE, *LOOK, flag("--terminal")], option(COUNTS, "-n")), 700, 0.6),
    "pictures": Kind(
        plot(
            GOOD_SPECS,
            [*CONTENT, *WHERE, *LOOK],
            option(words("2x2 3x2"), "--size"),
            option(words("10 33"), "-n"),
            option(PICTURES, "-o"),
        ),
        150,
        0.5,
    ),
    "info": Kind(line(["info"], mostly(listed(SPECS, 1, 1), listed(SPECS, 0, 2)), [flag("--json")], [], 1), 400, 0.5),
    "list": Kind(
        line(["list"], mostly(listed(WORDS, 0, 0), listed(WORDS, 1, 1), 1), [flag("--json", "-h")], [], 1), 100
    ),
    "gallery": Kind(
        line(
            ["gallery"],
            GALLERY_NAMES,
            [option(ONLY, "--only"), option(STYLES, "--style"), flag("--force", "-q")],
            [option(GALLERY_FORMATS, "--format"), option(JOBS, "--jobs")],
        ),
        400,
    ),
    "check": Kind(
        line(
            ["check"],
            listed(SPECS, 1, 1),
            [option(NUMBERS, "--max-ulp", "--seed"), option(SPECS, "--against"), flag("--json", "-q")],
            [mostly(words("0.1 1 3").map(lambda end: ["--range", "0", end]), st.just(["-q"]), 9)],
        ),
        200,
    ),
    "anything": Kind(st.lists(WORDS, max_size=6), 800),
}

# ---- what must hold


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


FOUND = {
    "old.csv": b"old",
    "points.txt": b"1, 2\n-0.5:1:0.5",
    "binary": b"\xff\xfe\x00\x80",
    "binary.mplstyle": b"\xff\xfe\x00\x80",
    "good.mplstyle": b"lines.linewidth: 3\n",
    "bad.mplstyle": b"nosuch.setting: 3\n",
}
FOLDERS = ("folder.csv", "folder.mplstyle")
LINKS = {"link.csv": "old.csv", "loop.csv": "loop.csv", "dangling.csv": "missing/a.csv"}


@dataclass(frozen=True)
class Desk:
    """A folder with what the command lines mention; the lines run in a folder inside it."""

    root: Path

    @property
    def inside(self) -> Path:
        return self.root / "inside"

    def lay(self) -> None:
        """Put everything there."""
        self.inside.mkdir(exist_ok=True)
        for name in FOLDERS:
            (self.inside / name).mkdir()
        for name, data in FOUND.items():
            (self.inside / name).write_bytes(data)
        for name, target in LINKS.items():
            (self.inside / name).symlink_to(target)

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
        """Make it what it was; the inner folder itself stays, for it is the one the lines run in."""
        for entry in (*os.scandir(self.inside), *os.scandir(self.root)):
            if entry.path != str(self.inside):
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
    os.chdir(desk.inside)
    yield desk
    os.chdir(before[0])
    sys.excepthook = before[1]
    signal.signal(signal.SIGPIPE, before[2])
    os.dup2(before[3], 1)
    os.close(before[3])


def judge(done: Done, before: dict[str, bytes | None], after: dict[str, bytes | None]) -> None:
    """Assert what is documented of every run."""
    assert "Traceback" not in done.stderr
    assert "should not have happened" not in done.stderr, done.stderr
    assert done.code in (0, 1, 2)
    assert done.seconds < SECONDS
    assert done.stderr == "" or done.stderr.startswith("actplot: ")
    *notes, last = done.stderr.splitlines(keepends=True) or [""]
    assert not any(line.startswith("actplot: error: ") for line in notes)
    if done.code == 0:
        assert not last.startswith("actplot: error: ")
        return
    assert last.startswith("actplot: error: ")
    assert last.endswith("\n")
    assert last[:-1].isprintable(), last
    assert done.code == 1 or not notes
    is_report = " over " in last and " ULP: " in last  # of ``actplot check``: the table says the same at length
    assert bool(done.stdout) == is_report
    assert after == before


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm clock on this system")
@pytest.mark.parametrize("name", KINDS)
def test_a_command_line_works_or_says_in_one_line_why_not(desk: Desk, name: str) -> None:
    kind = KINDS[name]
    codes: Counter[int] = Counter()
    reached = 0
    clean = desk.seen()
    tried = share(kind.count) if EVERYTHING else -(-kind.count // PARTS)

    @settings(
        max_examples=tried,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        phases={Phase.reuse, Phase.generate},  # to explain or shorten a line takes minutes
    )
    @given(kind.lines, st.sampled_from([b"", b"1 2 3", b"\xff", b"0:3:1,x"]))
    def try_one(arguments: list[str], stdin: bytes) -> None:
        nonlocal reached
        try:
            done = run_here(arguments, stdin)
            after = desk.seen()
            codes[done.code] += 1
            reached += done.code == 0 and (bool(done.stdout) or after != clean)
            judge(done, clean, after)
        finally:
            if desk.seen() != clean:
                desk.clear()

    (try_one if EVERYTHING else seed(DAY % PARTS)(try_one))()
    assert sum(codes.values()) >= tried
    by_chance = 1.5 * math.sqrt(sum(codes.values()))  # three standard deviations at most
    assert reached + by_chance >= kind.least * sum(codes.values()) or sum(codes.values()) < ENOUGH
    print(
        f"{sum(codes.values())} lines of {name}, {reached} of which came to something: "
        + ", ".join(f"{n} ended with {code}" for code, n in sorted(codes.items()))
    )


def test_there_are_ten_thousand_lines_to_try() -> None:
    assert sum(kind.count for kind in KINDS.values()) >= 10_000


def test_at_least_half_of_the_lines_come_to_something() -> None:
    assert sum(kind.count * kind.least for kind in KINDS.values()) >= sum(kind.count for kind in KINDS.values()) / 2
