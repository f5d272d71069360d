from . import access_log, public, public_files
