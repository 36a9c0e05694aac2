"""Colours and line styles: a palette for different functions, an ordered ramp for a sweep of one parameter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actplot.curves.panels import Panel, Quantity
from actplot.functions.activation import Activation
from actplot.functions.naming import swept_places

LEGIBLE = 4.5  # to 1, the contrast that small words need
_DASHES: dict[Quantity, Any] = {"f": "-", "df": (0, (4, 1.6)), "d2f": (0, (1.2, 1.4))}
GHOST = 0.24  # of the words' colour, the rest of the ground's, for curves that stand behind another


def line_styles(activations: Sequence[Activation], by_colour: bool = False) -> list[dict[str, Any]]:
    """Return the properties of each curve's line, under the style that is being applied; no two are the same.

    Parameters
    ----------
    activations
        The functions, in their order.
    by_colour
        Whether their colours alone tell them apart: dashes are left out.

    """
    places = swept_places(activations)
    if places is not None:
        return _ramp(places)
    styles = _distinct(len(activations))
    return [{**style, "linestyle": "-"} for style in styles] if by_colour else styles


def _distinct(count: int) -> list[dict[str, Any]]:
    """Return so many entries of the style's palette, or colours of a ramp where it has fewer."""
    import matplotlib

    palette = [dict(entry) for entry in matplotlib.rcParams["axes.prop_cycle"]]
    distinct = [entry for number, entry in enumerate(palette) if entry not in palette[:number]]
    if count <= len(distinct):
        return distinct[:count]
    return _ramp([number / (count - 1) for number in range(count)])


def track_styles(panel: Panel, activations: Sequence[Activation], by_colour: bool = False) -> list[dict[str, Any]]:
    """Return the properties of the lines of a panel.

    Where it shows several quantities, those of one function have a colour each, and those of several a dash each.
    """
    quantities = panel.quantities
    if len(quantities) == 1:
        styles = line_styles(activations, by_colour)
        return [styles[track.index] for track in panel.tracks]
    if len(activations) == 1:
        palette = _distinct(len(quantities))
        return [palette[quantities.index(track.quantity)] for track in panel.tracks]
    styles = line_styles(activations, by_colour=True)
    return [{**styles[track.index], "linestyle": _DASHES[track.quantity]} for track in panel.tracks]


def ghost() -> Any:
    """Return the colour of curves that stand behind another: a grey between the ground's and the words'."""
    import matplotlib
    from matplotlib.colors import to_rgb

    ground, words = (to_rgb(matplotlib.rcParams[name]) for name in ("axes.facecolor", "text.color"))
    return tuple(a + (b - a) * GHOST for a, b in zip(ground, words, strict=True))


def _ramp(places: Sequence[float]) -> list[dict[str, Any]]:
    """Return colours at places between 0 and 1, from one end of a perceptually even map to the other."""
    import matplotlib
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(matplotlib.rcParams["axes.facecolor"])
    dark = 0.3 * red + 0.59 * green + 0.11 * blue < 0.5
    low, high = (0.38, 1.0) if dark else (0.0, 0.58)  # what stands out from the ground, by 3 to 1
    colours = matplotlib.colormaps["viridis"]
    return [{"color": colours(low + place * (high - low))} for place in places]


def legible(colour: Any) -> Any:
    """Return the colour for words about a line: its own, or as much darker or lighter as it takes to read them."""
    import matplotlib
    from matplotlib.colors import to_rgb

    ground = matplotlib.rcParams["axes.facecolor"]
    if _contrast(colour, ground) >= LEGIBLE:
        return colour
    own, words = to_rgb(colour), to_rgb(matplotlib.rcParams["text.color"])
    mixed = (tuple(a + (b - a) * step / 20 for a, b in zip(own, words, strict=True)) for step in range(1, 21))
    return next((each for each in mixed if _contrast(each, ground) >= LEGIBLE), words)


def _contrast(one: Any, other: Any) -> float:
    """Return the ratio of the luminances of two colours as the WCAG define it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Any) -> float:
    from matplotlib.colors import to_rgb

    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def title_colour() -> Any:
    """Return the colour of titles in the style that is being applied."""
    import matplotlib

    colour = matplotlib.rcParams["axes.titlecolor"]
    return matplotlib.rcParams["text.color"] if colour == "auto" else colour
