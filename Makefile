# Two targets do everything: `make edition` builds this repository's edition, `make test` runs the tests.
# Both make the virtual environment in .venv first, and only when pyproject.toml has changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: edition test test-full lint record clean
.DEFAULT_GOAL := edition

edition: $(VENV)/installed
	@$(BIN)/teipress build

test: $(VENV)/developed lint
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not full"

test-full: $(VENV)/developed
	@tests/full/install
	@$(BIN)/python -m pytest -m full

lint: $(VENV)/developed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# Writes the golden files anew; look at the difference in Git before you commit it.
record: $(VENV)/developed
	@$(BIN)/python -m pytest -m "not full" --record

clean:
	rm -rf $(VENV) build dist

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "teipress needs Python 3.11 or newer: make PYTHON=python3.12 edition")'
	@echo "Installing teipress in $(VENV) (once, about a minute)" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1,<27'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/developed: $(VENV)/installed
	@echo "Installing what the tests need" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@
