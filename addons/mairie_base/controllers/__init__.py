from . import public, public_files
