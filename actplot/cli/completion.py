"""What the shell may offer in the place of each argument and value; nothing here computes anything.

A shell hands over what has been typed so far. What is offered begins with it as it was typed, in whatever spelling, for
shells drop what does not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from actplot.cli.options import know_functions
from actplot.console.screen import LARGEST
from actplot.errors import ActplotError
from actplot.words.quoting import normalise

Offers = list[tuple[str, str]]  # each with a word about it

BREAKS = (":", "=")  # where bash ends a word
ASKED = "_ACTPLOT_COMPLETE"  # what shells ask Typer with
STYLES = Path("mpl-data", "stylelib")  # in the folder of matplotlib, which takes 300 ms to import


def joined_words() -> str:
    """Give Typer the words as they stand on the command line, where bash has broken them; return what is before.

    Of ``elu:alpha`` bash makes three words, and replaces the last of them only.
    """
    if os.environ.get(ASKED):
        os.environ["COLUMNS"] = str(LARGEST)  # Typer breaks remarks into lines, each of which fish takes for a word
    if os.environ.get(ASKED) != "complete_bash":
        return ""
    text = os.environ.get("COMP_WORDS", "")
    words = text.split("\n" if "\n" in text else " ")
    try:
        end = int(os.environ.get("COMP_CWORD", "")) + 1
    except ValueError:
        return ""
    before, word = words[: end - 1], "".join(words[end - 1 : end])
    taken = ""
    if word in BREAKS:
        before, word = [*before, word], ""
    while len(before) > 1 and before[-1] in BREAKS:
        taken = before[-2] + before[-1] + taken
        before = before[:-2]
    if taken.startswith("--") and "=" in taken:
        option, _, taken = taken.partition("=")
        before.append(option)
    os.environ["COMP_WORDS"] = "\n".join([*before, word])
    os.environ["COMP_CWORD"] = str(len(before))
    return taken


def complete_names(ctx: Any, incomplete: str) -> Offers:
    """Return the activations whose name starts as typed, each with its sentence; behind a colon its parameters."""
    _know_functions(ctx)
    taken = ctx.obj or ""
    typed = taken + incomplete
    offers = _parameters(typed) if ":" in typed else _names(typed) + _pairs(typed)
    return [(text[len(taken) :], about) for text, about in offers]


def _pairs(typed: str, *, halves: bool = True) -> Offers:
    """Return the functions of two inputs and, where they are wanted, what is two curves."""
    from actplot.activations.pairs import HALVES, PAIRS

    offers = [(pair.name, pair.sentence) for pair in PAIRS.values()]
    offers += [(name, f"Two curves, {' and '.join(parts)}.") for name, parts in HALVES.items() if halves]
    start = typed.lower()
    return [(typed + name[len(typed) :], about) for name, about in offers if name.startswith(start)]


def complete_what(ctx: Any, incomplete: str) -> Offers:
    """Return families and activations, for what takes both."""
    _know_functions(ctx)
    return _names(incomplete) + _pairs(incomplete, halves=False) + _families(incomplete)


def complete_only(ctx: Any, incomplete: str) -> Offers:
    """Return families and activations for the last of several that are split by commas."""
    _know_functions(ctx)
    before, comma, last = incomplete.rpartition(",")
    offers = _families(last) + _names(last) + _pairs(last, halves=False)
    return [(f"{before}{comma}{text}", about) for text, about in offers]


def complete_style(incomplete: str) -> Offers:
    """Return the styles of the package, and then matplotlib's."""
    from actplot.figures.appearance.looks import shipped

    own = shipped()
    found = find_spec("matplotlib")
    folders = [Path(place, STYLES) for place in (found.submodule_search_locations or () if found else ())]
    others = sorted(path.stem for folder in folders for path in folder.glob("*.mplstyle"))
    shown = [name for name in others if not name.startswith("_") and name not in own]
    return _starting(incomplete, dict.fromkeys(own, "") | dict.fromkeys(shown, "matplotlib"))


def complete_rule(incomplete: str) -> Offers:
    """Return the rules at kinks."""
    from actplot.functions.at_kink import AT_KINK

    return _starting(incomplete, dict.fromkeys(AT_KINK, ""))


def complete_scale(incomplete: str) -> Offers:
    """Return the scales that have names."""
    from actplot.figures.formats.page_setup import SCALES

    return _starting(incomplete, {name: f"{scale:g} times as large" for name, scale in SCALES.items()})


def complete_language(incomplete: str) -> Offers:
    """Return the languages that there are words in, and the one that follows the locale."""
    from actplot.words.languages import AUTO, LANGUAGES

    return _starting(incomplete, dict.fromkeys((*LANGUAGES, AUTO), ""))


def complete_task(incomplete: str) -> Offers:
    """Return what networks can be trained on."""
    from actplot.networks.tasks import TASKS

    return _starting(incomplete, dict.fromkeys(TASKS, ""))


def complete_format(incomplete: str) -> Offers:
    """Return the formats of figures and tables."""
    from actplot.plotting.formats import FORMATS

    return _starting(incomplete, dict.fromkeys(FORMATS, ""))


def complete_gallery_formats(incomplete: str) -> Offers:
    """Return the formats of a gallery's files, for the last of several that are split by commas."""
    from actplot.gallery.selection import FORMATS

    before, comma, last = incomplete.rpartition(",")
    return [(f"{before}{comma}{text}", about) for text, about in _starting(last, dict.fromkeys(FORMATS, ""))]


def complete_dtype(incomplete: str) -> Offers:
    """Return number formats, for the last of several that are split by commas."""
    from actplot.arithmetic.formats import FORMATS

    before, comma, last = incomplete.rpartition(",")
    return [(f"{before}{comma}{text}", about) for text, about in _starting(last, dict.fromkeys(FORMATS, ""))]


def complete_framework(incomplete: str) -> Offers:
    """Return the frameworks that some activation is spelled in."""
    from actplot.functions.spellings import frameworks

    return _starting(incomplete, dict.fromkeys(frameworks(), ""))


def _know_functions(ctx: Any) -> None:
    with suppress(ActplotError):  # a run says what is wrong with a file
        know_functions(ctx.params.get("functions"))


def _starting(typed: str, words: Mapping[str, str]) -> Offers:
    return [(word, about) for word, about in words.items() if word.startswith(typed)]


def _families(typed: str) -> Offers:
    from actplot.activations.pairs import FAMILY
    from actplot.functions.registry import families

    return [(text, "a family") for family in [*families(), FAMILY] if (text := _continued(typed, family)) is not None]


def _names(typed: str) -> Offers:
    """Return the names, and the other names of those of which only these start as typed."""
    from actplot.functions.registry import find, names

    offers = []
    for name in names():
        declaration = find(name)
        spelled = [text for each in (name, *declaration.aliases) if (text := _continued(typed, each)) is not None]
        offers += [(text, declaration.sentence) for text in (spelled if typed else spelled[:1])]
    return offers


def _continued(typed: str, name: str) -> str | None:
    """Return what was typed with the rest of a name behind it; None where it begins otherwise."""
    start = normalise(typed)
    if not normalise(name).startswith(start):
        return None
    rest = next(place for place in range(len(name) + 1) if normalise(name[:place]) == start)
    if typed[-1:] in ("_", "-", " "):
        rest += len(name[rest:]) - len(name[rest:].lstrip("_"))
    return typed + name[rest:]


def _parameters(typed: str) -> Offers:
    """Return the parameters of the function before the colon that are not given yet, each with its default."""
    from actplot.functions.registry import find, is_name

    head, _, rest = typed.partition(":")
    if not is_name(head):
        return []
    before, comma, key = rest.rpartition(",")
    given = {part.partition("=")[0].strip() for part in before.split(",")}
    declaration = find(head)
    return [
        (f"{head}:{before}{comma}{parameter}={default}", f"{parameter} of {declaration.title}")
        for parameter, default in _defaults(declaration.parameters.items())
        if parameter.startswith(key) and parameter not in given
    ]


def _defaults(parameters: Iterable[tuple[str, float]]) -> Iterator[tuple[str, str]]:
    """Yield each parameter with its default as it may be typed: nothing for what is off."""
    for name, value in parameters:
        yield name, "" if value in (float("inf"), float("-inf")) else repr(value).removesuffix(".0")
