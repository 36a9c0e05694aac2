"""What is not walked densely today is walked on another day, and what has changed is walked at once."""

from __future__ import annotations

import inspect
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import walking
from tests.walking import declared, dense, every, in_turn, look_at

FAMILY = """FAMILY = (
    activation("one", "x*{factor}", title="One"),
    activation("two", "x - 1", title="Two", range=(-3, 3)),
)
"""


@pytest.fixture(autouse=True)
def _an_ordinary_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "EVERYTHING", False)
    monkeypatch.setattr(walking, "changed", lambda: frozenset({"sinc"}))


def on(monkeypatch: pytest.MonkeyPatch, day: int) -> set[str]:
    """Return what is walked densely on some day."""
    monkeypatch.setattr(walking, "DAY", day)
    return set(dense.__wrapped__())


@pytest.mark.parametrize("first", [0, 739_577])
def test_in_ten_days_every_function_is_walked(monkeypatch: pytest.MonkeyPatch, first: int) -> None:
    days = [on(monkeypatch, first + number) for number in range(10)]
    assert set().union(*days) == set(every())
    assert all("sinc" in day for day in days), "what has changed"
    assert sum("phish" in day for day in days) == 1, "what has not changed has its day"
    assert all(len(day - {"sinc"}) <= len(every()) // 10 + 1 for day in days)
    monkeypatch.setattr(walking, "EVERYTHING", True)
    assert on(monkeypatch, first) == set(every())


@pytest.mark.parametrize(("ways", "count"), [("abcdef", 1), ("abcde", 2), ("abc", 1)])
def test_what_is_walked_every_tenth_day_meets_every_way(monkeypatch: pytest.MonkeyPatch, ways: str, count: int) -> None:
    seen = set()
    for day in range(3, 100, 10):
        on(monkeypatch, day)
        seen |= {way for name, way in in_turn(["relu", "gelu"], ways, count) if name == "gelu"}
    assert seen == set(ways)


@pytest.mark.parametrize(("ways", "count"), [("abcdef", 2), ("abcd", 2), ("abc", 1), ("ab", 2)])
def test_in_ten_days_every_function_is_looked_at_in_every_way(
    monkeypatch: pytest.MonkeyPatch, ways: str, count: int
) -> None:
    names, seen = ["relu", "gelu", "sinc", "tanh"], set()
    for day in range(10):
        monkeypatch.setattr(walking, "DAY", day)
        pairs = in_turn(names, ways, count)
        assert len(set(pairs)) == len(pairs) == 3 * count + len(ways), "what has changed, in every way"
        seen |= set(pairs)
    assert seen == {(name, way) for name in names for way in ways}


def test_a_declaration_counts_and_how_it_is_laid_out_does_not() -> None:
    before = declared(FAMILY.format(factor=2))
    assert {name for name, _ in before} == {"one", "two"}
    assert {name for name, _ in declared(FAMILY.format(factor=3)) - before} == {"one"}
    assert declared(FAMILY.format(factor=2).replace(", ", ",\n        ")) == before


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_what_the_last_commit_or_the_working_tree_has_changed_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    monkeypatch.undo()
    monkeypatch.setattr(walking, "ROOT", tmp_path)
    assert walking.changed.__wrapped__() == frozenset(), "there is no repository"
    file = tmp_path / walking.CATALOGUE / "family.py"
    file.parent.mkdir(parents=True)
    git("init", "-q")
    for factor, found in ((2, set()), (3, {"one"}), (3, set())):
        file.write_text(FAMILY.format(factor=factor))
        git("add", ".")
        git("commit", "-q", "--allow-empty", "-m", "a step")
        assert walking.changed.__wrapped__() == found
    file.write_text(FAMILY.format(factor=3).replace("x - 1", "x - 2"))
    assert walking.changed.__wrapped__() == {"two"}
    (file.parent / "more.py").write_text('FAMILY = (activation("three", "x"),)\n')
    assert walking.changed.__wrapped__() == {"two", "three"}


def test_no_test_walks_the_catalogue_by_a_list_of_its_own() -> None:
    walk = re.compile(r"^(@.*|[A-Z_]+ = )\[?\*?(actplot\.)?names\(\)", re.MULTILINE)
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        assert not walk.search(path.read_text(encoding="utf-8")), f"{path.name}: every() or dense() of tests/walking.py"


def test_a_look_at_many_cases_tells_of_all_that_fail() -> None:
    seen = []

    @look_at(["a", "bb", "ccc", "dddd"])
    def look(word: str, most: int) -> None:
        seen.append(word)
        assert len(word) <= most

    assert list(inspect.signature(look).parameters) == ["most"], "what is left are fixtures"
    look(most=4)
    assert seen == ["a", "bb", "ccc", "dddd"]
    with pytest.raises(ExceptionGroup, match="2 of 4 cases") as raised:
        look(most=2)
    notes = [problem.__notes__ for problem in raised.value.exceptions]
    assert notes == [["where look looks at 'ccc'"], ["where look looks at 'dddd'"]]
