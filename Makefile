# make demo   a sample organisation, and the whole job run on it
# make test   lint, types, contracts, tests
# Both set up what they need in .venv; nothing else on the machine is touched, but that `make test`,
# where it runs as root on Debian, installs the packages of the foreign readers (tests/foreign/setup).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --quiet --disable-pip-version-check

.PHONY: demo test check lint types contracts lock foreign clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.run
	@$(BIN)/onetoone demo demo

test: check

check: $(VENV)/.test foreign
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/coverage erase
	$(BIN)/pytest --numprocesses=auto --cov --cov-report=term:skip-covered --quiet
	@cat $(VENV)/.left-out

foreign: $(VENV)/.test
	@bash tests/foreign/setup $(VENV)/.left-out

# Pins, with hashes and without addresses; `uv` makes them, `pip` reads them.
lock: pyproject.toml requirements/build.in
	uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra test pyproject.toml requirements/build.in -o requirements/test.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml requirements/build.in -c requirements/test.txt -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra google pyproject.toml requirements/build.in -c requirements/test.txt -o requirements/google.txt

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onetoone needs Python 3.11 or later; say which with: make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/pip
	@echo "Setting up $(VENV) (once) ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "Adding the test tools to $(VENV) (once) ..."
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

clean:
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.*
