"""Personal links never reach the log: their token opens what they lead to.

An addon adds what else its addresses hold: ``hide(r"(/rdv/api/\\w+)\\?.*", r"\\1?***")``.
"""

import logging
import re

# Sixteen random bytes as secrets.token_urlsafe writes them, alone between slashes.
TOKEN = re.compile(r"(?<=/)[\w-]{22}(?=[/?.\s\"']|$)", re.ASCII)
#: the access log, and where Odoo names the address of a refused form
LOGGERS = ("werkzeug", "odoo.http")
_hidden = {TOKEN: "***"}


def hide(pattern, replacement="***"):
    """Mask in every line of the log of requests what a regular expression finds.

    :param replacement: may keep groups of the pattern, as ``re.sub`` does
    """
    _hidden[re.compile(pattern)] = replacement


class TokenFilter(logging.Filter):
    """Write ``/rdv/m/***`` where a request held a personal token."""

    def filter(self, record):
        message = masked = record.getMessage()
        for pattern, replacement in _hidden.items():
            masked = pattern.sub(replacement, masked)
        if masked != message:
            record.msg, record.args = masked, ()
        return True


def install():
    """Filter the logs of this process; doing it twice changes nothing."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, TokenFilter) for known in logger.filters):
            logger.addFilter(TokenFilter())


install()
