import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_base.lib.contrast import (
    DARK_PAGE,
    WHITE,
    contrast_pairs,
    contrast_ratio,
    darken_until,
    is_color,
    lighten_until,
    readable_text_color,
    relative_luminance,
)

COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_luminance_goes_from_black_to_white():
    assert relative_luminance("#000000") == 0
    assert relative_luminance(WHITE) == pytest.approx(1)
    assert contrast_ratio("#000000", WHITE) == pytest.approx(21)
    assert contrast_ratio("#123456", "#123456") == 1


@pytest.mark.parametrize(
    ("front", "back", "ratio"),
    [
        ("#0b6b2e", "#e6f4ea", 5.9),
        ("#0a5a8a", "#e7f1f8", 6.5),
        ("#7a4f01", "#fff4d6", 6.5),
        ("#b3261e", "#fdecea", 5.7),
        ("#59636d", WHITE, 6.1),
        ("#e6e9ec", DARK_PAGE, 13.6),
        ("#ffffff", "#0e1a2b", 17.5),
    ],
)
def test_figures_of_the_public_palette(front, back, ratio):
    assert contrast_ratio(front, back) == pytest.approx(ratio, abs=0.06)


@pytest.mark.parametrize(
    ("color", "link"),
    [("#ffd200", "#8a7100"), ("#95c11f", "#627f14"), ("#1f4e79", "#1f4e79")],
)
def test_link_is_the_first_shade_that_can_be_read(color, link):
    assert darken_until(color) == link


@given(COLORS)
def test_text_on_any_colour_can_be_read(color):
    assert contrast_ratio(readable_text_color(color), color) >= 4.5


@given(COLORS)
def test_every_pair_reaches_what_is_required(color):
    pairs = contrast_pairs(color)
    assert [pair.key for pair in pairs] == ["text", "link", "link_dark", "line"]
    for pair in pairs:
        assert pair.ratio >= pair.required
        assert pair.ratio == contrast_ratio(pair.foreground, pair.background)


@given(COLORS)
def test_shades_are_never_further_than_needed(color):
    if contrast_ratio(color, WHITE) >= 4.5:
        assert darken_until(color) == color
    if contrast_ratio(color, DARK_PAGE) >= 4.5:
        assert lighten_until(color) == color


def test_a_background_that_nothing_reaches_is_an_error():
    with pytest.raises(ValueError, match="no shade"):
        darken_until("#333333", ratio=4.5, background="#000000")


@pytest.mark.parametrize(
    "text", ["", None, "red", "#fff", "#12345g", "1f4e79", "#1f4e791"]
)
def test_what_is_not_a_colour(text):
    assert not is_color(text)
    with pytest.raises((ValueError, TypeError)):
        relative_luminance(text)
