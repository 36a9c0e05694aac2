"""A font for every script of a title: the style's own where it has the letters, else an installed one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

NO_CHARACTER = 0xFFFF  # a font that has it claims all there is, and shows a box for each
PLAIN = "normal"  # the weight that has the most letters

_CJK = "Noto Sans CJK"
# By the first word of a character's Unicode name: what a reader calls it, and which font has it.
_SCRIPTS = {
    "HANGUL": ("Korean letters", _CJK),
    "HIRAGANA": ("Japanese letters", _CJK),
    "KATAKANA": ("Japanese letters", _CJK),
    **dict.fromkeys(("CJK", "IDEOGRAPHIC", "FULLWIDTH"), ("Chinese letters", _CJK)),
}
# The ending of the families whose shapes of Chinese signs readers of a script know: every region has its own.
_REGIONS = {"HIRAGANA": " JP", "KATAKANA": " JP", "HANGUL": " KR"}
_EMOJI = ("emoji", "Noto Emoji")
_CHINESE = _SCRIPTS["CJK"]


def fit_fonts(title: str) -> str | None:
    """Have the style that is being applied show a title, and return a note about scripts that no font here has.

    Its fonts are searched first, then all that are installed, in the title's weight; a weight that lacks letters
    gives way to the plain one.
    """
    import matplotlib

    settings: Any = matplotlib.rcParams
    wanted = frozenset(filter(_has_shape, title))
    weight = settings["axes.titleweight"]
    families, missing = _families(wanted, settings["font.family"], weight)
    if missing and weight != PLAIN:
        plain, lacking = _families(wanted, settings["font.family"], PLAIN)
        if len(lacking) < len(missing):
            families, missing = plain, lacking
            settings["axes.titleweight"] = PLAIN
    settings["font.family"] = families
    return script_note(missing) if missing else None


def script_note(missing: Iterable[str]) -> str:
    """Return the note about characters that no installed font has."""
    found = {_script(character) for character in missing}
    if any(font == _CJK for _, font in found - {_CHINESE}):
        found.discard(_CHINESE)  # Chinese signs beside Japanese or Korean letters are part of those
    scripts, fonts = (" and ".join(sorted(set(each))) for each in zip(*found, strict=True))
    return f"no font here has {scripts}, which show as boxes; install {fonts}"


def _families(wanted: frozenset[str], own: Sequence[str], weight: Any) -> tuple[list[str], frozenset[str]]:
    """Return font families that together show the characters, the style's own first, and what none has."""
    from matplotlib import font_manager

    missing = wanted
    default = font_manager.findfont(font_manager.FontProperties(family=list(own), weight=weight))
    missing -= _letters(default, missing)
    for family in own[1:]:
        missing -= _letters_of(family, weight, missing)
    families = list(own)
    for search in (_known, _fresh):
        offers: dict[str, frozenset[str]] = {}
        for family in sorted(search(), key=_suits(wanted)) if missing else ():
            offers[family] = _letters_of(family, weight, missing)
            if offers[family] == missing:
                break
        while missing and any(offers.values()):
            best = max(offers, key=lambda family: (len(offers[family]), family in families))  # of equals the first
            families.append(best)
            missing -= offers[best]
            offers = {family: letters & missing for family, letters in offers.items()}
    return families, missing


def _suits(wanted: Iterable[str]) -> Callable[[str], bool]:
    """Return what puts the families for readers of these characters first, False before True."""
    scripts = {unicodedata.name(character, "").partition(" ")[0] for character in wanted}
    regions = tuple(region for script, region in _REGIONS.items() if script in scripts) or (" SC",)
    return lambda family: not family.endswith(regions)


def _known() -> list[str]:
    """Return the families that matplotlib knows."""
    from matplotlib import font_manager

    return sorted({entry.name for entry in font_manager.fontManager.ttflist})


def _fresh() -> list[str]:
    """Return the families of the fonts that were installed after matplotlib listed what there is."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    known, before = {entry.fname for entry in manager.ttflist}, len(manager.ttflist)
    for path in sorted({*font_manager.findSystemFonts()} - known):
        try:
            manager.addfont(path)
        except Exception:  # each format has errors of its own; a font that can't be read shows nothing
            continue
    return sorted({entry.name for entry in manager.ttflist[before:]})


def _letters_of(family: str, weight: Any, wanted: frozenset[str]) -> frozenset[str]:
    """Return those of the characters that a family has in a weight, or in the nearest that it has."""
    from matplotlib import font_manager

    properties = font_manager.FontProperties(family=[family], weight=weight)
    try:
        path = font_manager.findfont(properties, fallback_to_default=False)
    except ValueError:
        return frozenset()
    return _letters(path, wanted)


@cache
def _letters(path: str, wanted: frozenset[str]) -> frozenset[str]:
    """Return those of the characters of which a font file has a shape."""
    from matplotlib import font_manager

    try:
        font = font_manager.get_font(path)
        known = font.get_charmap()
        if NO_CHARACTER in known:
            return frozenset()
        return frozenset(character for character in wanted if ord(character) in known and _is_drawn(font, character))
    except (OSError, RuntimeError):
        return frozenset()


def _is_drawn(font: Any, character: str) -> bool:
    """Say whether a font has an outline for a character; emoji in colours have pictures, which can't be drawn."""
    if character.isascii():
        return True
    font.load_char(ord(character))
    return len(font.get_path()[0]) > 0


def _has_shape(character: str) -> bool:
    """Say whether a character is seen: spaces, joiners and variation selectors are not."""
    is_selector = unicodedata.name(character, "").startswith("VARIATION SELECTOR")
    return not character.isspace() and character.isprintable() and not is_selector


def _script(character: str) -> tuple[str, str]:
    """Return what the script of a character is called, and a font that has it."""
    if unicodedata.category(character) in ("So", "Sk"):
        return _EMOJI
    word = re.split(r"[ -]", unicodedata.name(character, "UNKNOWN"))[0]
    return _SCRIPTS.get(word, (f"{word.capitalize()} letters", f"Noto Sans {word.capitalize()}"))
