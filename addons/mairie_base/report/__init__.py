import logging

# Seven lines of progress for each document, and some at import, would hide the rest
# of the log.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)

from . import paged_document  # noqa: E402
