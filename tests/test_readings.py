"""What only papers name was read in two places, and both are written down."""

from __future__ import annotations

import tomllib
from pathlib import Path

from actplot.activations.declaration import DECLARATIONS
from tests.walking import look_at

READ = tomllib.loads(Path(__file__).with_name("readings.toml").read_text(encoding="utf-8"))
FROM_PAPERS = sorted(name for name, declared in DECLARATIONS.items() if not declared.is_common)


def place(reading: str) -> str:
    """Return the place of a reading; what follows a colon is where in it."""
    return reading.partition(":")[0]


@look_at(FROM_PAPERS)
def test_a_formula_was_read_in_two_places_that_are_named(name: str) -> None:
    places = {place(reading) for reading in READ["readings"][name]}
    assert len(places) >= 2
    assert places <= set(READ["places"])


def test_no_reading_is_of_a_function_that_is_not_there() -> None:
    assert not set(READ["readings"]) - set(FROM_PAPERS)


def test_every_place_is_used() -> None:
    used = {place(reading) for readings in READ["readings"].values() for reading in readings}
    assert used == set(READ["places"])
