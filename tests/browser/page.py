"""One screen that the browser tests open, look at and judge."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A screen of ours.

    :param name: unique name, also the name of its picture
    :param path: address below the server's root
    :param login: demo login, None for a visitor
    :param ready: CSS selector that must be visible before the screen is judged
    :param setup: drives the browser on to the state wanted: `setup(page, base_url)`
    :param scope: CSS selector of our part of the web client; None judges the whole
        page, as for every light page
    :param weight: most kilobytes that a first visit may transfer; None for the web
        client, whose bundles are Odoo's
    :param picture: sizes ("desktop", "phone") that `make screenshots` takes of it
    """

    name: str
    path: str
    login: str | None = None
    ready: str = "h1"
    setup: Callable | None = None
    scope: str | None = None
    weight: int | None = 300
    picture: tuple[str, ...] = ()
