# make demo   a sample organisation, and the whole job run on it
# make test   lint, types, contracts, tests
# make fuzz   bytes of all kinds against the reader of calendars, for FUZZ_SECONDS (tests/fuzz/reader.py)
# make peers  what benchmarks.reading_peers and benchmarks.slots_exact run beside ours: readers of calendars, solvers
# They set up what they need in .venv, .venv-fuzz, .venv-bench and benchmarks/peers; nothing else on the machine is touched,
# but that test and peers, where they run as root on Debian, install packages (tests/foreign/setup, benchmarks/peers/setup).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FUZZ_SECONDS ?= 300
PIP := $(BIN)/pip --quiet --quiet --disable-pip-version-check

.PHONY: demo test check lint types contracts lock foreign fuzz peers clean
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

fuzz: .venv-fuzz/.fuzz
	@mkdir -p .fuzz/found
	@nice .venv-fuzz/bin/python -m tests.fuzz.corpus .fuzz/begin
	nice .venv-fuzz/bin/python -m tests.fuzz.reader .fuzz/found .fuzz/begin \
	  -max_total_time=$(FUZZ_SECONDS) -max_len=2048 -timeout=60 -rss_limit_mb=1000 -artifact_prefix=.fuzz/

peers: .venv-bench/.peers

# Pins, with hashes and without addresses; `uv` makes them, `pip` reads them. They are whole: `--no-deps` keeps pip from looking for
# anything beside them, such as a release of today for an extra that a pin does not name.
lock: pyproject.toml requirements/build.in
	uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra test pyproject.toml requirements/build.in -o requirements/test.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml requirements/build.in -c requirements/test.txt -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra google pyproject.toml requirements/build.in -c requirements/test.txt -o requirements/google.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra fuzz pyproject.toml requirements/build.in -c requirements/test.txt -o requirements/fuzz.txt
	sed '/^protobuf==/,/[^\\]$$/d' requirements/test.txt > requirements/.but-protobuf  # ortools asks for an older one
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  requirements/benchmarks.in -c requirements/.but-protobuf -o requirements/benchmarks.txt
	rm requirements/.but-protobuf

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onetoone needs Python 3.11 or later; say which with: make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/pip
	@echo "Setting up $(VENV) (once) ..."
	@$(PIP) install --no-deps --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "Adding the test tools to $(VENV) (once) ..."
	@$(PIP) install --no-deps --require-hashes -r requirements/test.txt
	@touch $@

.venv-fuzz/.fuzz: requirements/fuzz.txt
	@test -x .venv-fuzz/bin/pip || $(PYTHON) -m venv .venv-fuzz
	@.venv-fuzz/bin/pip --quiet --quiet --disable-pip-version-check install --no-deps --require-hashes -r requirements/fuzz.txt
	@touch $@

.venv-bench/.peers: requirements/benchmarks.txt $(wildcard benchmarks/peers/libical.c benchmarks/peers/package-lock.json)
	@test -x .venv-bench/bin/pip || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip --quiet --quiet --disable-pip-version-check install --no-deps --require-hashes -r requirements/benchmarks.txt
	@bash benchmarks/peers/setup
	@touch $@

clean:
	rm -rf $(VENV) .venv-fuzz .venv-bench .fuzz demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.*
