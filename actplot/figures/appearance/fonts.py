"""A font for every script of a title: the style's own where it has the letters, else an installed one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache


def families_for(text: str) -> tuple[list[str], list[str]]:
    """Return font families that together show a text, under the style being applied, and the scripts none has.

    The families begin with the style's; more are searched among the installed fonts only where needed.
    """
    import matplotlib
    from matplotlib import font_manager

    families = list(matplotlib.rcParams["font.family"])
    path = font_manager.findfont(font_manager.FontProperties(family=families))
    missing = {character for character in text if not character.isspace() and character.isprintable()}
    missing -= _letters(path, frozenset(missing))
    added: list[str] = []
    for entry in sorted(font_manager.fontManager.ttflist, key=lambda entry: (entry.name, entry.fname)):
        if not missing:
            break
        if entry.style == "normal" and entry.weight in (400, "normal", "regular"):
            found = _letters(entry.fname, frozenset(missing))
            if found:
                added.append(entry.name)
                missing -= found
    return [*families, *dict.fromkeys(added)], sorted({_script(character) for character in missing})


@cache
def _letters(path: str, wanted: frozenset[str]) -> frozenset[str]:
    """Return those of the characters that a font file has."""
    from matplotlib.ft2font import FT2Font

    try:
        known = FT2Font(path).get_charmap()
    except (OSError, RuntimeError):
        return frozenset()
    return frozenset(character for character in wanted if ord(character) in known)


def _script(character: str) -> str:
    """Return the name of a character's script, which begins its Unicode name."""
    name = unicodedata.name(character, "unknown")
    return name.split()[0].capitalize() if not name.startswith("CJK") else "CJK"


def script_note(scripts: Iterable[str]) -> str:
    """Return the note for scripts that no installed font has."""
    listed = " and ".join(scripts)
    return f"no installed font has the {listed} letters of the title; install one, or they show as boxes"
