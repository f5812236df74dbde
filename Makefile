# Terreau. `make demo` opens it with an example; `make test` runs every test. Python 3.11+ and make are enough.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two more than the processors: while one worker waits for a browser or a server, the others work.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 2)
# Processes are started by the hundred here: each would compile everything again where the environment forbids to keep it.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo serve test test-postgres check lint types contracts bench wheel requirements clean browser

demo: $(VENV)/.base ## open Terreau with its example organisations
	$(BIN)/terreau demo

serve: $(VENV)/.base ## open Terreau on your own data
	$(BIN)/terreau serve

test: $(VENV)/.dev browser ## every test, real SQLite, PostgreSQL and Chromium
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(PYTEST)

test-postgres: $(VENV)/.dev browser ## every page again, on a real PostgreSQL (minutes); the rest never meets a database
	TERREAU_TEST_DATABASE=postgres $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup tests/app tests/browser $(PYTEST)

check: $(VENV)/.dev lint types contracts ## what a reviewer would ask
	$(BIN)/python -m pytest -q tests/house

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.dev ## ratios, printed and kept in docs/reference/benchmarks.md
	$(BIN)/python -m benchmarks

browser: $(VENV)/.dev
	@$(BIN)/python tools/chromium.py

wheel: $(VENV)/.dev
	$(BIN)/python -m build --wheel

requirements: $(VENV)/.dev ## pin again: names, versions and hashes only
	$(BIN)/python tools/pin.py

# uv when it is there, else venv and pip; the same hashed pins either way.
$(VENV)/.base: requirements/base.txt pyproject.toml
	@tools/install.sh $(VENV) $(PYTHON) requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt requirements/base.txt pyproject.toml
	@tools/install.sh $(VENV) $(PYTHON) requirements/dev.txt
	@touch $@ $(VENV)/.base

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
