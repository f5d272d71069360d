"""What the list of applications says of an addon is what its readme says."""

import pytest

from devtools import settings, store_page


@pytest.mark.parametrize("addon", settings.our_addons())
def test_the_page_of_an_addon_is_up_to_date(addon):
    folder = settings.ADDONS / addon / "static/description"
    assert (folder / "index.html").read_text() == store_page.page(addon), "make store"
    for name in store_page.SHOWN.get(addon, []):
        assert (folder / f"{name}.png").exists()
