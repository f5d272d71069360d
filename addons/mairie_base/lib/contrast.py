"""Colours that can be read: from one town colour to the palette of its pages.

Ratios are those of WCAG 2 (success criteria 1.4.3 and 1.4.11); colours are
"#rrggbb" strings.
"""

import colorsys
import re
from typing import NamedTuple

WHITE = "#ffffff"
BLACK = "#000000"
DARK_PAGE = "#1b1f24"
TEXT_RATIO = 4.5
LINE_RATIO = 3.0

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class Pair(NamedTuple):
    """Two colours that meet on a page, and the ratio that they must reach."""

    key: str
    foreground: str
    background: str
    ratio: float
    required: float


def is_color(text: str) -> bool:
    """Tell whether a text is a colour written "#rrggbb"."""
    return bool(text) and bool(_COLOR.fullmatch(text))


def relative_luminance(color: str) -> float:
    """Return the relative luminance of a colour, from 0 (black) to 1 (white).

    :raise ValueError: not a "#rrggbb" colour
    """
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (same) to 21 (black on white)."""
    low, high = sorted((relative_luminance(one), relative_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_text_color(background: str) -> str:
    """Return white where it can be read on that colour, else black.

    One of both always reaches 4.58.
    """
    if contrast_ratio(WHITE, background) >= TEXT_RATIO:
        return WHITE
    return BLACK


def darken_until(color: str, ratio: float = TEXT_RATIO, background: str = WHITE) -> str:
    """Darken a colour, 1 % of lightness a step, until it shows on a light background.

    >>> darken_until("#ffd200")
    '#8a7100'
    """
    return _shade_until(color, -1, ratio, background)


def lighten_until(
    color: str, ratio: float = TEXT_RATIO, background: str = DARK_PAGE
) -> str:
    """Lighten a colour, 1 % of lightness a step, until it shows on a dark background."""
    return _shade_until(color, 1, ratio, background)


def contrast_pairs(color: str) -> list[Pair]:
    """Return the four pairs of a town's pages: text, links, dark links, lines."""
    wanted = [
        ("text", readable_text_color(color), color, TEXT_RATIO),
        ("link", darken_until(color), WHITE, TEXT_RATIO),
        ("link_dark", lighten_until(color), DARK_PAGE, TEXT_RATIO),
        ("line", darken_until(color, LINE_RATIO), WHITE, LINE_RATIO),
    ]
    return [
        Pair(key, front, back, contrast_ratio(front, back), required)
        for key, front, back, required in wanted
    ]


def _shade_until(color, direction, ratio, background):
    hue, lightness, saturation = colorsys.rgb_to_hls(
        *(channel / 255 for channel in _channels(color))
    )
    for percent in range(101):
        shade = min(max(lightness + direction * percent / 100, 0), 1)
        rgb = colorsys.hls_to_rgb(hue, shade, saturation)
        found = "#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in rgb))
        if contrast_ratio(found, background) >= ratio:
            return found
    raise ValueError(f"no shade of {color} reaches {ratio} on {background}")


def _channels(color):
    if not is_color(color):
        raise ValueError(f"not a #rrggbb colour: {color!r}")
    return [int(color[start : start + 2], 16) for start in (1, 3, 5)]


def _linear(channel):
    if channel <= 0.04045:
        return channel / 12.92
    return ((channel + 0.055) / 1.055) ** 2.4
