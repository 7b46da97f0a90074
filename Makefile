# The tasks of the repository. Each makes .venv and installs what it needs first; a stamp file inside .venv keeps the
# second call from installing again until pyproject.toml changes.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test lint docs check-docs bench clean

help:
	@echo "make demo    build the demo data set: videos, questions, answers, verdicts, rows (no GPU, no network)"
	@echo "make test    lint, build the documentation strictly, run the tests"
	@echo "make lint    ruff, mypy, import-linter"
	@echo "make docs    generate the command reference and the catalogue, and build the documentation into site/"
	@echo "make bench   run every script in benchmarks/"
	@echo "make clean   remove build outputs; .venv and runs/ stay"

demo: $(VENV)/.installed
	$(BIN)/vstar-data build demo

test: lint check-docs
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/.installed-test
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

docs: $(VENV)/.installed-test
	$(BIN)/python docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

check-docs: $(VENV)/.installed-test
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: $(VENV)/.installed-test
	@for script in benchmarks/*.py; do \
		test -f "$$script" || { echo "make bench: there is no script in benchmarks/" >&2; exit 1; }; \
		echo "$(BIN)/python $$script"; \
		$(BIN)/python "$$script" || exit 1; \
	done

clean:
	rm -rf build dist site .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing vstar-data into $(VENV) (torch alone is several GB: this takes minutes the first time)"
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	@echo "installing vstar-data with the test extra into $(VENV) (torch alone is several GB: this takes minutes the first time)"
	$(PIP) --editable ".[test]"
	@touch $(VENV)/.installed $@

# A half-made environment (a Python without ensurepip leaves one) would pass for a whole one the next time.
$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "make: $(PYTHON) was not found. vstar-data needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "make: vstar-data needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1)." >&2; \
		echo "      Name a newer one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { \
		rm -f $(BIN)/python; \
		echo "make: $(PYTHON) could not make a virtual environment (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
