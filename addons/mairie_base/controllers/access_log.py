"""Personal links never reach the access log: their token opens what they lead to."""

import logging
import re

# Sixteen random bytes as secrets.token_urlsafe writes them, alone between slashes.
TOKEN = re.compile(r"(?<=/)[\w-]{22}(?=[/?.\s]|$)", re.ASCII)


class TokenFilter(logging.Filter):
    """Write ``/rdv/m/***`` where a request held a personal token."""

    def filter(self, record):
        message = record.getMessage()
        masked = TOKEN.sub("***", message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True


def install():
    """Filter the access log of this process; doing it twice changes nothing."""
    logger = logging.getLogger("werkzeug")
    if not any(isinstance(known, TokenFilter) for known in logger.filters):
        logger.addFilter(TokenFilter())


install()
