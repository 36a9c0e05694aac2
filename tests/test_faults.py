"""Whatever kills, fills or removes: no file is ever half there, and the next run completes the same bytes."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import actplot
from actplot.__main__ import main
from actplot.activations.pairs import PAIRS
from actplot.console import output
from actplot.console.files import settle, sweep
from actplot.errors import WorldError
from actplot.gallery.ledger import FILE as LEDGER
from actplot.gallery.ledger import Ledger
from actplot.gallery.run import SAVED_EVERY
from tests.conftest import Run, clean_environment, one_error_line
from tests.walking import EVERYTHING, in_turn

NAMES = ("relu", "step", "elu:alpha=0.5", "x*sigmoid(x)")
PICTURES = ("gallery", "out", *NAMES, "--format", "png,svg", "--jobs", "2")
QUIETLY = ("gallery", "out", "--format", "csv,json", "--jobs", "1", "-q")
NUMBERS = (*QUIETLY, "--only", "h*,r*,s*")
FEW = (*QUIETLY, "--only", "identity,relu,relu6,relu2")

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux about processes")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def visible(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(folder).items() if not name.startswith(".")}


def assert_whole(folder: Path, right: dict[str, bytes]) -> None:
    """Assert that what can be seen of a broken-off gallery is complete."""
    for name, data in visible(folder).items():
        assert data == right[name], name


def complete(run: Run, folder: Path, right: dict[str, bytes], arguments: tuple[str, ...]) -> None:
    """Assert that the next run makes of it what an undisturbed one does, to the last byte and file."""
    done = run(*arguments, cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    assert contents(folder) == right


def made_by(arguments: tuple[str, ...], folder: Path) -> dict[str, bytes]:
    command = [sys.executable, "-m", "actplot", *arguments]
    subprocess.run(command, cwd=folder, env=clean_environment(), check=True, timeout=120)
    return contents(folder / "out")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the gallery of pictures is when nothing disturbs it."""
    return made_by(PICTURES, tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the gallery of numbers is when nothing disturbs it; it is made quickly."""
    return made_by(NUMBERS, tmp_path_factory.mktemp("numbers"))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the gallery of a single family's numbers is when nothing disturbs it."""
    return made_by(FEW, tmp_path_factory.mktemp("few"))


def start(cwd: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "actplot", *arguments],
        cwd=cwd,
        env=clean_environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def wait_for(true: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)


def files(folder: Path) -> int:
    return len(list(folder.glob("*.*g")))


def group_is_gone(process: subprocess.Popen[bytes]) -> bool:
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return True
    return False


# ---- killed

# Before a run: its n-th system call that changes a file is to be cut off half way by a signal.
SABOTAGE = """
import os, signal
strike, number = {strike}, signal.{name}
calls = 0
def struck():
    global calls
    calls += 1
    return calls == strike
write, replace = os.write, os.replace
def half_write(descriptor, data):
    if not struck():
        return write(descriptor, data)
    done = write(descriptor, bytes(data)[:len(data) // 2])
    os.kill(os.getpid(), number)
    return done
def no_replace(*arguments):
    if struck():
        os.kill(os.getpid(), number)
    return replace(*arguments)
os.write, os.replace = half_write, no_replace
"""


# First and last is the ledger. Of every pair of files both are written, then both renamed; the indexes are such a pair.
@pytest.mark.parametrize("strike", [1, 2, 3, 4, 5, 6, 7, 18, 19, 20, 21, 22, 23, 24])
def test_killed_in_the_middle_of_a_write(run: Run, tmp_path: Path, few: dict[str, bytes], strike: int) -> None:
    done = run(*FEW, before=SABOTAGE.format(strike=strike, name="SIGKILL"))
    assert done.returncode == -signal.SIGKILL
    assert_whole(tmp_path / "out", few)
    assert list((tmp_path / "out").glob(".actplot-*.tmp")), "it was to be struck while it wrote"
    complete(run, tmp_path / "out", few, FEW)


def test_there_is_no_later_place_to_be_struck_in(run: Run, tmp_path: Path, few: dict[str, bytes]) -> None:
    assert run(*FEW, before=SABOTAGE.format(strike=25, name="SIGKILL")).returncode == 0
    assert contents(tmp_path / "out") == few


@linux
@pytest.mark.parametrize("seed", range(3 if EVERYTHING else 1))
def test_killed_at_a_random_moment(run: Run, tmp_path: Path, pictures: dict[str, bytes], seed: int) -> None:
    moment = random.Random(seed)
    process = start(tmp_path, *PICTURES)
    out = tmp_path / "out"
    there = moment.randrange(2 * len(NAMES))
    wait_for(lambda: files(out) >= there)
    time.sleep(moment.random() * 0.05)
    process.kill()
    process.wait()
    try:
        wait_for(lambda: group_is_gone(process), 5)  # the workers do not outlive it
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    if out.exists():
        assert_whole(out, pictures)
    complete(run, out, pictures, PICTURES)


def test_what_a_killed_run_has_noted_is_not_drawn_again(run: Run, tmp_path: Path, numbers: dict[str, bytes]) -> None:
    run(*NUMBERS, before=SABOTAGE.format(strike=200, name="SIGKILL"))
    assert_whole(tmp_path / "out", numbers)
    done = run(*(argument for argument in NUMBERS if argument != "-q"))
    unchanged = int(done.stderr.split(b"; ")[1].split()[0])
    assert unchanged >= 2 * (SAVED_EVERY - 1)
    assert contents(tmp_path / "out") == numbers


@linux
def test_a_killed_worker_takes_one_figure_with_it(run: Run, tmp_path: Path, pictures: dict[str, bytes]) -> None:
    process = start(tmp_path, *PICTURES)
    wait_for(lambda: files(tmp_path / "out"))
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) == 2
    os.kill(int(children[1]), signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    line = one_error_line(subprocess.CompletedProcess([], 1, b"", errors))
    assert "1 figure failed" in line
    assert "the process that drew it was killed" in line
    assert_whole(tmp_path / "out", pictures)
    missing = set(pictures) - set(contents(tmp_path / "out"))
    stems = {name.rpartition(".")[0] for name in missing}
    assert stems == {line.split("failed: ")[1].split(" (")[0]}
    complete(run, tmp_path / "out", pictures, PICTURES)


# What a terminal sends to all, and one of those that are sent to one process.
@pytest.mark.parametrize("name", ["SIGINT", *(name for _, name in in_turn(["one"], ["SIGTERM", "SIGHUP"], 1))])
def test_told_to_end_it_ends_in_good_order(run: Run, tmp_path: Path, pictures: dict[str, bytes], name: str) -> None:
    code = 130 if name == "SIGINT" else -getattr(signal, name)
    process = start(tmp_path, *PICTURES)
    wait_for(lambda: files(tmp_path / "out"))
    tell = os.killpg if name == "SIGINT" else os.kill  # a terminal tells the workers too
    tell(process.pid, getattr(signal, name))
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (code, b"")
    assert group_is_gone(process)
    assert_whole(tmp_path / "out", pictures)
    assert not list((tmp_path / "out").glob("*.tmp"))
    complete(run, tmp_path / "out", pictures, PICTURES)


# Two files are written, then both renamed: four places to be struck in.
@pytest.mark.parametrize(("name", "strike"), [("SIGINT", 14), ("SIGTERM", 13), ("SIGTERM", 14), ("SIGTERM", 15)])
def test_told_to_end_in_the_middle_of_a_write_it_leaves_no_temporary_file(
    run: Run, tmp_path: Path, few: dict[str, bytes], name: str, strike: int
) -> None:
    done = run(*FEW, before=SABOTAGE.format(strike=strike, name=name))
    assert done.returncode == {"SIGINT": 130, "SIGTERM": -signal.SIGTERM}[name]
    assert done.stderr == b""
    assert_whole(tmp_path / "out", few)
    assert not list((tmp_path / "out").glob(".actplot-*.tmp"))


def test_a_reader_that_goes_away_takes_no_file_with_it(tmp_path: Path, few: dict[str, bytes]) -> None:
    command = f'{{ "{sys.executable}" -m actplot "$@"; echo $? > code; }} 2>&1 | true; cat code'
    arguments = [argument for argument in FEW if argument != "-q"]
    done = subprocess.run(
        ["bash", "-c", command, "bash", *arguments],
        capture_output=True,
        cwd=tmp_path,
        env=clean_environment(),
        check=False,
        timeout=60,
    )
    assert done.stdout == b"141\n"
    assert contents(tmp_path / "out") == few


# ---- side by side


def test_two_galleries_in_one_folder_at_once(tmp_path: Path, few: dict[str, bytes]) -> None:
    for _ in range(2):
        both = [start(tmp_path, *FEW, "--force") for _ in range(2)]
        assert [process.communicate(timeout=60)[1] for process in both] == [b"", b""]
        assert [process.returncode for process in both] == [0, 0]
        assert contents(tmp_path / "out") == few


def test_galleries_in_one_folder_keep_each_other_s_notes(tmp_path: Path) -> None:
    first, second = Ledger(tmp_path), Ledger(tmp_path)
    for ledger, name in ((first, "a.csv"), (second, "b.csv")):
        (tmp_path / name).write_bytes(b"data")
        ledger.note(name, "0" * 64, b"data")
        ledger.save()
    after = Ledger(tmp_path)
    assert after.is_current("a.csv", "0" * 64)
    assert after.is_current("b.csv", "0" * 64)
    (tmp_path / "a.csv").unlink()
    after.save()
    assert not Ledger(tmp_path).knows("a.csv"), "what is gone is forgotten"


def test_temporary_files_of_the_dead_are_swept_and_of_the_living_are_not(tmp_path: Path) -> None:
    dead, living, foreign = (tmp_path / name for name in (".actplot-a.tmp", ".actplot-b.tmp", "mine.tmp"))
    for path in (dead, living, foreign):
        path.write_text("half")
    with open(living) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        sweep(tmp_path)
        assert {path.name for path in tmp_path.iterdir()} == {living.name, foreign.name}
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [foreign.name]


def test_a_temporary_file_is_locked_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write

    def swept_meanwhile(descriptor: int, data: bytes) -> int:
        sweep(tmp_path)
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", swept_meanwhile)
    output.commit([(tmp_path / "a", b"first"), (tmp_path / "b", b"second")])
    assert contents(tmp_path) == {"a": b"first", "b": b"second"}


def test_a_file_swept_before_it_was_locked_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flock = fcntl.flock
    swept: list[Path] = []

    def too_late(descriptor: int, operation: int) -> None:
        if not swept:
            swept.extend(tmp_path.glob("*.tmp"))
            swept[0].unlink()
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", too_late)
    output.write_file(tmp_path / "a", b"whole")
    assert swept
    assert contents(tmp_path) == {"a": b"whole"}


# ---- the disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mount a small disk at ``out``, or mount it anew with other options, where root may."""
    place = tmp_path / "out"

    def mount(options: str) -> Path:
        place.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode and "remount" not in options:
            pytest.skip("may not mount")
        if done.returncode:
            raise OSError(done.stderr.decode())
        return place

    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root mounts disks")
    yield mount
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def test_a_disk_full_in_the_middle(
    run: Run, disk: Callable[..., Path], tmp_path: Path, pictures: dict[str, bytes]
) -> None:
    out = disk("size=200k")
    done = run(*PICTURES)
    assert "no space left" in one_error_line(done)
    assert done.returncode == 1
    assert 2 <= len(visible(out)) < len(pictures) - 2
    assert_whole(out, pictures)
    assert not list(out.glob("*.tmp"))
    disk("remount,size=10m")
    complete(run, out, pictures, PICTURES)


def test_a_limit_on_the_size_of_files(run: Run, tmp_path: Path, numbers: dict[str, bytes]) -> None:
    command = f'trap \'\' XFSZ; ulimit -f 24; exec "{sys.executable}" -m actplot "$@"'
    done = subprocess.run(
        ["bash", "-c", command, "bash", *NUMBERS],
        capture_output=True,
        cwd=tmp_path,
        env=clean_environment(),
        check=False,
        timeout=60,
    )
    assert "cannot write" in one_error_line(done)
    assert_whole(tmp_path / "out", numbers)
    assert not list((tmp_path / "out").glob("*.tmp"))
    complete(run, tmp_path / "out", numbers, NUMBERS)


def test_the_disk_made_read_only_in_the_middle(
    run: Run, disk: Callable[..., Path], tmp_path: Path, pictures: dict[str, bytes]
) -> None:
    out = disk("size=10m")
    process = start(tmp_path, *PICTURES)
    wait_for(lambda: files(out) >= 2)

    def frozen() -> bool:
        with suppress(OSError):  # busy while a file is being written
            return bool(disk("remount,ro"))
        return False

    wait_for(frozen)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "read-only file system" in one_error_line(subprocess.CompletedProcess([], 1, b"", errors))
    assert_whole(out, pictures)
    assert not list(out.glob("*.tmp"))
    disk("remount,rw")
    complete(run, out, pictures, PICTURES)


def test_the_folder_taken_away_in_the_middle(run: Run, tmp_path: Path, pictures: dict[str, bytes]) -> None:
    process = start(tmp_path, *PICTURES)
    wait_for(lambda: files(tmp_path / "out") >= 2)
    (tmp_path / "out").rename(tmp_path / "taken")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "there is no folder out" in one_error_line(subprocess.CompletedProcess([], 1, b"", errors))
    assert not (tmp_path / "out").exists()
    assert_whole(tmp_path / "taken", pictures)
    complete(run, tmp_path / "out", pictures, PICTURES)


def test_no_writable_home_is_no_matter(run: Run, tmp_path: Path) -> None:
    arguments = ("gallery", "out", "relu", "gelu", "--format", "png,svg", "--jobs", "2")
    assert run(*arguments).returncode == 0
    right = contents(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    homes = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR"), "/dev/null/home")
    done = run(*arguments, env=homes)
    assert (done.returncode, done.stderr) == (0, b"actplot: wrote 4 figures, README.md and index.html in out\n")
    assert contents(tmp_path / "out") == right


# ---- the ledger


RELU = ("gallery", "out", "relu", "gelu", "--format", "csv", "-q")


@pytest.fixture(scope="module")
def relu_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return made_by(RELU, tmp_path_factory.mktemp("relu"))


@pytest.fixture
def relu(relu_elsewhere: dict[str, bytes], tmp_path: Path) -> dict[str, bytes]:
    """What the gallery of relu and gelu is, which is now there."""
    (tmp_path / "out").mkdir()
    for name, data in relu_elsewhere.items():
        (tmp_path / "out" / name).write_bytes(data)
    return relu_elsewhere


WRONG_HASH = json.dumps({"format": 1, "files": {"relu.csv": ["0" * 64, "0" * 64]}}).encode()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b"{",
        b'{"format": 1}',
        b'{"format": 1, "files": []}',
        b'{"format": 1, "files": {"relu.csv": ["a"], "../x": 3, "": null}}',
        b'{"format": 99, "files": {}}',
        b'{"name": "someone else\'s"}',
        b"[" * 100_000,
        WRONG_HASH,
        WRONG_HASH.replace(b"0", b"\xc3\xa9"),
    ],
    ids=lambda data: repr(data[:20]),
)
def test_a_damaged_ledger_counts_as_none(run: Run, tmp_path: Path, relu: dict[str, bytes], damage: bytes) -> None:
    (tmp_path / "out" / LEDGER).write_bytes(damage)
    (tmp_path / "out" / "relu.csv").write_bytes(b"wrong")
    before = contents(tmp_path / "out")
    done = run(*RELU)
    assert "were not written by this gallery" in one_error_line(done)
    assert contents(tmp_path / "out") == before
    complete(run, tmp_path / "out", relu, (*RELU, "--force"))


def test_a_ledger_that_is_cut_off_anywhere_counts_as_none(tmp_path: Path, relu: dict[str, bytes]) -> None:
    right = relu[LEDGER]
    for end in range(0, len(right) - 2, 7):
        (tmp_path / "out" / LEDGER).write_bytes(right[:end])
        assert not Ledger(tmp_path / "out").knows("relu.csv")


def test_no_clock_is_asked(run: Run, tmp_path: Path, relu: dict[str, bytes]) -> None:
    right = relu
    paths = [tmp_path / "out" / name for name in right]
    for moment in (0, 2**31, time.time() + 1e8):  # long ago, and in a future from which the clock was set back
        for path in paths:
            os.utime(path, (moment, moment))
        complete(run, tmp_path / "out", right, RELU)
        assert {path.stat().st_mtime for path in paths} == {moment}, "nothing was to be drawn again"
        (tmp_path / "out/relu.csv").write_bytes(right["relu.csv"].replace(b"1", b"2"))
        os.utime(tmp_path / "out/relu.csv", (moment, moment))
        complete(run, tmp_path / "out", right, RELU)


def test_a_long_gallery_is_in_these_tests(numbers: dict[str, bytes]) -> None:
    chosen = {name for name in (*actplot.names(), *PAIRS) if name[0] in "hrs"}
    assert {name.removesuffix(".csv") for name in numbers if name.endswith(".csv")} == chosen
    assert len(chosen) > 3 * SAVED_EVERY


# ---- a power cut


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Record in which order files are settled and renamed, by their names; a temporary one is called by its suffix."""
    recorded: list[tuple[str, str]] = []
    fsync, replace = os.fsync, os.replace

    def name_of(path: str) -> str:
        return path[-4:] if path.endswith(".tmp") else os.path.basename(path)

    def settle(descriptor: int) -> None:
        recorded.append(("fsync", name_of(os.readlink(f"/proc/self/fd/{descriptor}"))))
        fsync(descriptor)

    def rename(source: str | Path, target: str | Path) -> None:
        recorded.append(("replace", name_of(str(target))))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", settle)
    monkeypatch.setattr(os, "replace", rename)
    return recorded


needs_proc = pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="descriptors have no names here")


@needs_proc
def test_files_are_on_the_disk_before_they_take_their_names(calls: list[tuple[str, str]], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    output.commit([(folder / "a.csv", b"1"), (folder / "b.csv", b"2")])
    assert calls == [
        ("fsync", ".tmp"),
        ("fsync", ".tmp"),
        ("replace", "a.csv"),
        ("replace", "b.csv"),
        ("fsync", "out"),
    ]


@needs_proc
def test_a_gallery_is_on_the_disk_before_its_index_is_written(calls: list[tuple[str, str]], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert main(["gallery", str(folder), "relu", "elu", "--format", "csv,json", "--jobs", "1", "-q"]) == 0
    files = ["relu.csv", "relu.json", "elu.csv", "elu.json"]
    assert calls[:3] == [("fsync", ".tmp"), ("replace", ".actplot.json"), ("fsync", "out")], "what is claimed"
    assert calls[3:12] == [
        *(("replace", name) for name in files),
        *(("fsync", name) for name in files),
        ("fsync", "out"),
    ]
    assert calls[12:17] == [
        ("fsync", ".tmp"),
        ("fsync", ".tmp"),
        ("replace", "README.md"),
        ("replace", "index.html"),
        ("fsync", "out"),
    ]


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_that_settles_nothing_is_no_failure(
    number: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    output.commit([(tmp_path / "a.csv", b"1")])
    settle([tmp_path / "a.csv", tmp_path / "not there"])
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_disk_that_fails_when_a_file_is_settled_leaves_the_old_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    (tmp_path / "a.csv").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WorldError, match=r"cannot write .*a\.csv: input/output error"):
        output.commit([(tmp_path / "a.csv", b"new")])
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", b"old")]


# ---- all or none, and whose they are


def test_of_two_files_both_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, taken = os.replace, []

    def fails_at_the_second(source: str, target: str) -> None:
        taken.append(target)
        if len(taken) == 2:
            raise OSError(errno.EIO, "broken")
        replace(source, target)

    for before in ({}, {"a": b"old a", "b": b"old b"}, {"a": b"old a"}):
        for name, data in before.items():
            (tmp_path / name).write_bytes(data)
        taken.clear()
        monkeypatch.setattr(os, "replace", fails_at_the_second)
        with pytest.raises(WorldError, match="cannot write"):
            output.commit([(tmp_path / "a", b"first"), (tmp_path / "b", b"second")])
        monkeypatch.undo()
        assert contents(tmp_path) == before
        for name in before:
            (tmp_path / name).unlink()
    output.commit([(tmp_path / "a", b"first"), (tmp_path / "b", b"second")])
    output.commit([(tmp_path / "a", b"third"), (tmp_path / "b", b"fourth")])
    assert contents(tmp_path) == {"a": b"third", "b": b"fourth"}


@pytest.mark.parametrize("code", [errno.EBUSY, errno.EPERM])
def test_what_can_t_be_replaced_is_written_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def pinned(_source: str, _target: str) -> None:
        raise OSError(code, "pinned")

    (tmp_path / "a").write_bytes(b"longer than what is to come")
    before = (tmp_path / "a").stat().st_ino
    monkeypatch.setattr(os, "replace", pinned)
    output.write_file(tmp_path / "a", b"new")
    assert contents(tmp_path) == {"a": b"new"}
    assert (tmp_path / "a").stat().st_ino == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_keeps_its_owner_and_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    os.chown(tmp_path / "a", 1234, 2345)
    os.chmod(tmp_path / "a", 0o640)
    output.write_file(tmp_path / "a", b"new")
    there = (tmp_path / "a").stat()
    assert (there.st_uid, there.st_gid, there.st_mode & 0o7777) == (1234, 2345, 0o640)
    assert contents(tmp_path) == {"a": b"new"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives links away")
def test_another_user_s_link_in_a_shared_folder_is_not_followed(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    (tmp_path / "mine").write_bytes(b"old")
    (shared / "a").symlink_to(tmp_path / "mine")
    os.chown(shared / "a", 1234, 1234, follow_symlinks=False)
    with pytest.raises(WorldError, match="another user's link"):
        output.write_file(shared / "a", b"new")
    assert (tmp_path / "mine").read_bytes() == b"old"
    os.chown(shared / "a", 0, 0, follow_symlinks=False)
    output.write_file(shared / "a", b"new")
    assert (tmp_path / "mine").read_bytes() == b"new"


def test_a_folder_in_the_place_of_a_file_is_told_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    assert one_error_line(run("relu", "-o", "a.png")).count("cannot write") == 1


@pytest.mark.parametrize("name", [LEDGER, "README.md", "index.html", "relu.csv"])
@pytest.mark.parametrize("kind", ["pipe", "endless"])
def test_a_gallery_waits_for_no_pipe(run: Run, tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / "out").mkdir()
    if kind == "pipe":
        os.mkfifo(tmp_path / "out" / name)
    else:
        (tmp_path / "out" / name).symlink_to("/dev/zero")
    for force in ([], ["--force"]):
        done = run("gallery", "out", "relu", "--format", "csv", *force, timeout=30)
        assert done.returncode == 1
        assert f"out/{name}: it is not a file" in one_error_line(done)


def test_as_many_processes_as_the_system_has(run: Run, tmp_path: Path, few: dict[str, bytes]) -> None:
    no_more = """
import os
fork, left = os.fork, [{left}]
def limited():
    if not left[0]:
        raise BlockingIOError(11, "Resource temporarily unavailable")
    left[0] -= 1
    return fork()
os.fork = limited
"""
    for left in (0, 1, 3):
        many = [*FEW[:-4], "256", *FEW[-3:]]
        done = run(*many, "--force", before=no_more.format(left=left))
        assert (done.returncode, done.stderr) == (0, b"")
        assert contents(tmp_path / "out") == few


def test_told_twice_to_end_it_ends(tmp_path: Path) -> None:
    for seconds in (0.0, 0.003, 0.01):
        process = start(tmp_path, *PICTURES[:2], "--only", "rectifiers", "--force", "--jobs", "1")
        wait_for(lambda: files(tmp_path / "out"))
        process.terminate()
        time.sleep(seconds)
        process.terminate()
        _, errors = process.communicate(timeout=30)
        assert (process.returncode, errors.count(b"Traceback")) == (-signal.SIGTERM, 0)


def test_told_to_end_in_the_middle_of_a_computation_it_ends_at_once(tmp_path: Path) -> None:
    source = (
        "import actplot.cli, sys, hashlib\n"
        "def work(arguments):\n"
        "    print('at work', flush=True)\n"
        "    hashlib.pbkdf2_hmac('sha1', b'a', b'b', 10**8)\n"  # a minute and more, of which Python sees nothing
        "actplot.cli.run = work\n"
        "from actplot.__main__ import main\n"
        "sys.exit(main(['relu']))\n"
    )
    command = [sys.executable, "-c", source]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=clean_environment(), cwd=tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == b"at work\n"
    process.terminate()
    assert process.wait(10) == -signal.SIGTERM
    process.stdout.close()
