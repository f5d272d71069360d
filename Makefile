# Thin names for devtools, which knows the rest. PORT=, DB=, ODOO_HOME= are honoured.
PYTHON ?= python3
export PORT DB ODOO_HOME MAIRIE_CACHE
DEVTOOLS = @$(PYTHON) -m devtools

help: ; $(DEVTOOLS) help
up: ; $(DEVTOOLS) up
down: ; $(DEVTOOLS) down
reset: ; $(DEVTOOLS) reset
shell: ; $(DEVTOOLS) shell
test: ; $(DEVTOOLS) test $(T)
lint: ; $(DEVTOOLS) lint $(T)
fmt: ; $(DEVTOOLS) fmt $(T)
pot: ; $(DEVTOOLS) pot $(T)
screenshots: ; $(DEVTOOLS) screenshots $(T)
bench: ; $(DEVTOOLS) bench $(T)
store: ; $(DEVTOOLS) store
prove: ; $(DEVTOOLS) prove $(T)

.PHONY: help up down reset shell test lint fmt pot screenshots bench store prove
.DEFAULT_GOAL := help
