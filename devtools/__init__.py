"""Set-up and proof of the project: what `make up`, `make test` and their kin run.

Standard library only, so that it works before anything is installed.
"""
