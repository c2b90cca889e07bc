# make demo   a sample organisation, and the whole job run on it
# make test   lint, types, contracts, tests
# make peers  the readers of calendars that benchmarks.reading_peers runs beside ours
# They set up what they need in .venv, .venv-bench and benchmarks/peers; nothing else on the machine is touched, but that
# the last two, where they run as root on Debian, install packages (tests/foreign/setup, benchmarks/peers/setup).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --quiet --disable-pip-version-check

.PHONY: demo test check lint types contracts lock foreign peers clean
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

peers: .venv-bench/.peers

# Pins, with hashes and without addresses; `uv` makes them, `pip` reads them.
lock: pyproject.toml requirements/build.in
	uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra test pyproject.toml requirements/build.in -o requirements/test.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml requirements/build.in -c requirements/test.txt -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra google pyproject.toml requirements/build.in -c requirements/test.txt -o requirements/google.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  requirements/benchmarks.in -c requirements/test.txt -o requirements/benchmarks.txt

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

.venv-bench/.peers: requirements/benchmarks.txt $(wildcard benchmarks/peers/libical.c benchmarks/peers/package-lock.json)
	@test -x .venv-bench/bin/pip || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip --quiet --quiet --disable-pip-version-check install --require-hashes -r requirements/benchmarks.txt
	@bash benchmarks/peers/setup
	@touch $@

clean:
	rm -rf $(VENV) .venv-bench demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.*
