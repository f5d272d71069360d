"""Feeds of the acts put online: Atom (RFC 4287) and RSS 2.0."""

import xml.etree.ElementTree as ET
from email.utils import format_datetime

ATOM = "http://www.w3.org/2005/Atom"


def atom(feed):
    """Return the feed: bytes. :param feed: as ``_prepare_feed`` returns it"""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "fr"})
    _add(root, "title", f"Actes : {feed['town']}")
    _add(root, "id", f"{feed['base']}/actes")
    _add(root, "link", rel="alternate", href=f"{feed['base']}/actes")
    _add(root, "link", rel="self", href=f"{feed['base']}/actes/flux.atom")
    _add(root, "updated", _instant(feed["updated"]))
    _add(_add(root, "author"), "name", feed["town"])
    for entry in feed["entries"]:
        node = _add(root, "entry")
        _add(node, "title", _title(entry))
        _add(node, "id", entry["url"])
        _add(node, "link", rel="alternate", href=entry["url"])
        _add(node, "published", _instant(entry["published"]))
        _add(node, "updated", _instant(entry["published"]))
        _add(node, "summary", entry["step"])
        if entry["theme"]:
            _add(node, "category", term=entry["theme"])
    return ET.tostring(root, "utf-8", xml_declaration=True)


def rss(feed):
    """Return the same as RSS: bytes."""
    root = ET.Element("rss", {"version": "2.0"})
    channel = _add(root, "channel")
    _add(channel, "title", f"Actes : {feed['town']}")
    _add(channel, "link", f"{feed['base']}/actes")
    _add(channel, "description", "Délibérations, décisions, arrêtés, procès-verbaux")
    _add(channel, "language", "fr")
    for entry in feed["entries"]:
        node = _add(channel, "item")
        _add(node, "title", _title(entry))
        _add(node, "link", entry["url"])
        _add(node, "guid", entry["url"])
        _add(node, "pubDate", format_datetime(entry["published"]))
        _add(node, "description", entry["step"])
    return ET.tostring(root, "utf-8", xml_declaration=True)


def _add(parent, name, text=None, **attributes):
    node = ET.SubElement(parent, name, attributes)
    node.text = text
    return node


def _instant(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _title(entry):
    head = " ".join(filter(None, [entry["kind"], entry["number"]]))
    return f"{head} : {entry['name']}"
