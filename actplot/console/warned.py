"""Warnings that are of no use to anybody, left out in one thread at a time."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

# The filters of warnings, like matplotlib's settings, are one for all threads, and whoever changes them puts back what
# was found: two at once would leave a mixture behind.
ALONE = threading.RLock()


@contextmanager
def without_warnings() -> Iterator[None]:
    """Ignore all warnings inside the block, while no other thread changes what belongs to all of them."""
    with ALONE, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
