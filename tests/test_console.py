"""What stands between the program and its terminal: sizes, letters, progress, notes, and what long runs keep."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text

from actplot.console import configuration, output
from actplot.console.cache import MOST, Kept, folder
from actplot.console.ending import in_order
from actplot.console.files import Data, read_bounded
from actplot.console.progress import progress
from actplot.console.screen import Screen, bound_size
from actplot.errors import WorldError


class Stream(io.TextIOWrapper):
    """Standard output or error as a test has it, with what was written to it."""

    def __init__(self, encoding: str = "utf-8", terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, errors="strict", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    @property
    def text(self) -> str:
        self.flush()
        written = self.buffer
        assert isinstance(written, io.BytesIO)
        return written.getvalue().decode(self.encoding)


# ---- the screen


@pytest.mark.parametrize("name", ["COLUMNS", "LINES"])
def test_a_size_that_no_screen_has_is_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {"80": "80", "1000": "1000", "1001": "1000", "9" * 5000: "1000", "1": "1"}
    for given, found in {**sizes, "0": None, "-5": None, "": None, "wide": None, "²": None}.items():
        monkeypatch.setenv(name, given)
        bound_size()
        assert os.environ.get(name) == found, given
    bound_size()
    assert name not in os.environ


def test_a_screen_is_what_standard_output_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def seen(**stream: object) -> tuple[int, int, bool, bool, str]:
        monkeypatch.setattr(sys, "stdout", Stream(**stream))  # type: ignore[arg-type]
        found = Screen.of_stdout()
        return found.width, found.height, found.terminal, found.unicode, found.encoding

    monkeypatch.setattr("shutil.get_terminal_size", lambda fallback: os.terminal_size(fallback))
    assert seen() == (80, 24, False, True, "utf-8")
    assert seen(terminal=True, encoding="UTF-8") == (80, 24, True, True, "utf-8")
    for encoding in ("ascii", "latin-1", "cp437"):  # some have lines of boxes, none has Braille
        assert seen(encoding=encoding)[3:] == (False, encoding)
    for setting, unicode in {"C": False, "POSIX": False, "C.UTF-8": True, "": True}.items():
        monkeypatch.setenv("LC_ALL", setting)
        assert seen()[3] is unicode
    monkeypatch.setattr("shutil.get_terminal_size", lambda fallback: os.terminal_size((0, 0)))
    assert seen()[:2] == (1, 1)
    monkeypatch.setattr(sys, "stdout", None)
    assert Screen.of_stdout() == Screen(1, 1, False, True, "utf-8")


def test_what_is_wider_than_the_screen_is_never_cut() -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_row("0123456789")
    narrow, pipe = Screen(8, 5, True, True, "utf-8"), Screen(8, 5, False, True, "utf-8")
    assert (narrow.fits(table), pipe.fits(table)) == (False, True)
    assert Screen(10, 5, True, True, "utf-8").fits(table)
    assert narrow.render(table) == b"0123456789\n"
    assert pipe.render(Text("one  "), Text("[b]:smile: 12")) == b"one\n[b]:smile: 12\n"
    assert Screen(20, 5, False, True, "latin-1").render(Text("β × 2")) == "? × 2\n".encode("latin-1")


def test_colours_are_for_terminals_and_those_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    word = Text("f", style="bold")
    pipe, terminal = Screen(9, 5, False, True, "utf-8"), Screen(9, 5, True, True, "utf-8")
    assert (pipe.render(word), terminal.render(word)) == (b"f\n", b"\x1b[1mf\x1b[0m\n")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert pipe.render(word) == b"\x1b[1mf\x1b[0m\n"


# ---- notes


def test_a_note_is_one_line_whatever_it_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream("ascii")
    monkeypatch.setattr(sys, "stderr", stream)
    output.note("a\nb \x1b[31m é")
    output.note("never", quiet=True)
    output.error("wrong")
    first, second = stream.text.splitlines()
    assert first.startswith("actplot: a")
    assert first.isascii()
    assert "\x1b" not in first
    assert first.endswith("\\xe9")
    assert second == "actplot: error: wrong"
    monkeypatch.setattr(sys, "stderr", None)
    output.note("nobody is there")


def test_a_terminal_is_told_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, c = map(Path, ("a.png", "b.svg", "c.csv"))
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    for paths in ([], [a], [a, b], [a, b, c], [a, a, b]):
        output.tell_written(paths)
    output.tell_written([a], quiet=True)
    words = ["a.png", "a.png and b.svg", "a.png, b.svg and c.csv", "a.png and b.svg"]
    assert stream.text.splitlines() == [f"actplot: wrote {word}" for word in words]
    log = Stream()
    monkeypatch.setattr(sys, "stderr", log)
    output.tell_written([a])
    assert log.text == ""


def test_standard_output_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(WorldError, match=r"^standard output is closed; open it, or name a file with -o$"):
        output.write_stdout(b"x")


# ---- progress


def logged(steps: int, quiet: bool = False, told: str = "") -> list[str]:
    """Return the lines that a log has of a run of so many steps."""
    stream = sys.stderr = Stream()
    with progress("drawing", steps, quiet) as advance:
        for _ in range(steps):
            advance(told)
    return stream.text.splitlines()


def test_a_log_has_a_line_for_each_tenth_of_a_long_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    tenths = [f"actplot: {10 * tenth}% ({20 * tenth} of 200)" for tenth in range(1, 10)]
    assert logged(200) == tenths  # all of it is told by what was made
    assert logged(200, told="loss 3")[0] == "actplot: 10% (20 of 200), loss 3"
    assert (logged(199), logged(0), logged(200, quiet=True)) == ([], [], [])
    assert logged(255)[:2] == ["actplot: 10% (26 of 255)", "actplot: 20% (51 of 255)"]
    sys.stderr = None
    with progress("drawing", 300, False) as advance:
        advance("nobody is there")


def test_a_terminal_has_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    with progress("drawing", 3, False) as advance:
        advance()
        advance("loss 3")
        shown = stream.text
    assert "drawing" in shown
    assert [step for step in ("0/3", "1/3", "2/3") if step in shown] == ["0/3", "1/3", "2/3"]
    assert "loss 3" in shown
    assert "\x1b[2K" in stream.text[len(shown) :]  # its line is cleared
    assert stream.text[len(shown) :].count("drawing") <= 1


# ---- what long runs keep


def test_answers_are_kept_by_their_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, other = Kept({"f": "tanh", "range": (1, 2)}), Kept({"f": "tanh", "range": (1, 3)})
    assert first.path is not None
    assert first.path.parent == tmp_path / "actplot"
    assert first.path != other.path
    assert Kept({"range": [1, 2], "f": "tanh"}).path == first.path  # in whatever order it is asked
    assert first.read() == {}
    first.write({"done": [1]})
    assert (first.read(), other.read()) == ({"done": [1]}, {})
    assert other.path is not None
    other.path.write_bytes(first.path.read_bytes())  # of another question
    assert other.read() == {}
    for damage in (b"", b"[]", b"3", b"{}", b"\xff", b'{"answer": {}}', b'{"question": {}, "answer": 3}', b"[" * 9999):
        first.path.write_bytes(damage)
        assert first.read() == {}, damage
    first.write({"done": [1, 2]})
    assert first.read() == {"done": [1, 2]}
    record = first.path
    record.write_bytes(record.read_bytes() + b" " * MOST)
    assert first.read() == {}


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    Kept({}).write({"done": 1})
    assert Kept({}).read() == {}
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    for platform, place in {"linux": ".cache", "darwin": "Library/Caches"}.items():
        monkeypatch.setattr(sys, "platform", platform)
        assert folder() == tmp_path / place / "actplot"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert folder() == tmp_path / "Local/actplot"
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as where there is no home
    assert folder() is None
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert configuration.folder() is None
    assert configuration.defaults(["style"]) == {}
    Kept({}).write({"done": 1})
    assert Kept({}).read() == {}


def test_files_are_read_to_a_bound(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bounded(tmp_path / "a", 5) == b"12345"
    with pytest.raises(OSError, match="too large"):
        read_bounded(tmp_path / "a", 4)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(OSError, match="it is not a file"):
            read_bounded(tmp_path / "pipe", 5)


# ---- being told to end


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="of other systems")
def test_whoever_started_us_may_have_a_rule_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    term = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with in_order():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) not in (signal.SIG_DFL, signal.SIG_IGN)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, rule)
        signal.signal(signal.SIGTERM, term)


# ---- files


def refusal(path: Path, data: Data = b"x") -> str:
    with pytest.raises(WorldError) as found:
        output.commit([(path, data)])
    return str(found.value)


def test_what_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert refusal(tmp_path) == f"cannot write {tmp_path}: it is a folder; name a file in it"
    missing = tmp_path / "missing"
    assert refusal(missing / "a.png") == (
        f"cannot write {missing / 'a.png'}: there is no folder {missing}; create it first"
    )
    assert refusal(tmp_path / "loop") == "cannot write a file of that name; choose another"
    assert refusal(tmp_path / "a\0b") == "cannot write a file of that name; choose another"
    for long in ("a" * 300, f"{'a' * 300}/b"):
        assert refusal(tmp_path / long).endswith(": file name too long")
    if Path("/dev/full").exists():
        assert refusal(Path("/dev/full")) == "cannot write /dev/full: no space left on device"

    def broken() -> Iterator[bytes]:
        yield b"some"
        raise OSError(5, "Input/output error")

    assert refusal(tmp_path / "a", broken()) == f"cannot write {tmp_path / 'a'}: input/output error"
    assert [path.name for path in tmp_path.iterdir()] == ["loop"]


def test_a_file_has_the_mode_that_it_had_or_that_new_files_get(tmp_path: Path) -> None:
    new, old, link = tmp_path / "new", tmp_path / "old", tmp_path / "link"
    old.write_bytes(b"before")
    old.chmod(0o604)
    link.symlink_to("old")
    before = os.umask(0o027)
    try:
        output.commit([(new, [b"a", b"", b"b"]), (link, b"after")])
    finally:
        os.umask(before)
    assert (new.read_bytes(), new.stat().st_mode & 0o777) == (b"ab", 0o640)
    assert (old.read_bytes(), old.stat().st_mode & 0o777) == (b"after", 0o604)
    assert link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "new", "old"]


def test_where_one_file_fails_the_others_are_as_they_were(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"before")
    with pytest.raises(WorldError, match="there is no folder"):
        output.commit([(old, b"after"), (new, b"x"), (tmp_path / "missing" / "a", b"x")], b"never shown")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("old", b"before")]


def test_what_is_printed_is_not_told_twice(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    output.commit([(tmp_path / "a", b"x")], b"one ", [b"two ", b"", b"three\n"])
    assert capsysbinary.readouterr() == (b"one two three\n", b"")
    assert (tmp_path / "a").read_bytes() == b"x"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives links away")
def test_another_user_s_link_is_followed_where_not_everybody_may_make_files(tmp_path: Path) -> None:
    for mode in (0o755, 0o777, 0o1755, 0o1777):
        folder = tmp_path / f"{mode:o}"
        folder.mkdir()
        (folder / "file").write_bytes(b"before")
        (folder / "link").symlink_to("file")
        os.lchown(folder / "link", 12345, 12345)
        folder.chmod(mode)
        if mode == 0o1777:
            assert refusal(folder / "link").endswith("it is another user's link in a shared folder; name another file")
        else:
            output.commit([(folder / "link", b"after")])
        assert (folder / "file").read_bytes() == (b"before" if mode == 0o1777 else b"after")
