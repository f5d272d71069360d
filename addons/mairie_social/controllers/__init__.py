from . import (
    dataset,
    entry,
    field,
    home,
    kiosk,
    letters,
    session,
    webmanifest,
)
