"""Colours and line styles: a palette for different functions, an ordered ramp for a sweep of one parameter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any

from actplot.functions.activation import Activation
from actplot.functions.naming import swept_places

LEGIBLE = 4.5  # to 1, the contrast that small words need
_DASHES = ("-", (0, (5, 2)), (0, (1.2, 1.6)), (0, (6, 2, 1.2, 2)))


def line_styles(activations: Sequence[Activation]) -> list[dict[str, Any]]:
    """Return the properties of each curve's line, under the style that is being applied.

    Where there are more curves than the palette has colours, the colours come round again with another dash.
    """
    import matplotlib

    places = swept_places(activations)
    if places is not None:
        return _ramp(places)
    palette = [dict(entry) for entry in matplotlib.rcParams["axes.prop_cycle"]] or [{"color": "C0"}]
    styles = list(islice(cycle(palette), len(activations)))
    return [
        style if index < len(palette) else {**style, "linestyle": _DASHES[index // len(palette) % len(_DASHES)]}
        for index, style in enumerate(styles)
    ]


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
