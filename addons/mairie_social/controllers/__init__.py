from . import (
    dataset,
    entry,
    field,
    home,
    kiosk,
    letters,
    newsletter,
    session,
    webmanifest,
)
