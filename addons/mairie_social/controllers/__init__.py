from . import entry, field, kiosk, letters, session, webmanifest
