# All commands of this project. They need Rust and CPython 3.11 or later, and install everything else.

# The first CPython in PATH that is new enough; 3.11 first, because constraints.txt was made with it.
PYTHONS := python3.11 python3.12 python3.13 python3.14 python3 python
IS_USABLE := import sys, venv; sys.exit(sys.implementation.name != "cpython" or sys.version_info < (3, 11))
PYTHON ?= $(shell for name in $(PYTHONS); do $$name -c '$(IS_USABLE)' >/dev/null 2>&1 && echo $$name && break; done)
# Rows that bench-sync writes with each client.
ROWS ?= 100000
VENV := .venv
BIN := $(VENV)/bin
STEP = @printf '\n== %s\n' "$(1)"
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
# Shows the output of a command only if it fails: maturin and pip print many lines that nobody needs.
QUIETLY = @log=$$(mktemp); { $(1); } >$$log 2>&1 || { code=$$?; cat $$log >&2; rm -f $$log; exit $$code; }; rm -f $$log

.DEFAULT_GOAL := help
.PHONY: help requirements build tools demo test test-rust test-python test-long lint types generate notebooks docs pictures bench bench-tools bench-sync wheel clean

# The three commands that one needs come first.
FIRST := demo test docs
DESCRIBE = grep -hE '^[a-z-]+:.*\#\#' $(MAKEFILE_LIST) | sed -E 's/:.*\#\# /\t/' | expand -t 14

help: ## list the commands
	@echo 'Start here:' && for target in $(FIRST); do $(DESCRIBE) | grep "^$$target "; done
	@printf '\nMore:\n' && $(DESCRIBE) | grep -vE "^($$(echo $(FIRST) | tr ' ' '|')) "

# What this file can't install. Both are reported at once.
requirements:
	@missing=; \
	command -v cargo >/dev/null || { missing=yes; echo "Rust is missing: there is no cargo in PATH. Install it from https://rustup.rs, and open a new shell." >&2; }; \
	$(or $(PYTHON),false) -c '$(IS_USABLE)' >/dev/null 2>&1 || { missing=yes; echo "Python is missing: $(if $(PYTHON),$(PYTHON) is not,none of $(PYTHONS) in PATH is) CPython 3.11 or later with its module venv. Install one from https://www.python.org or the system's packages, or name one: make PYTHON=/path/to/python" >&2; }; \
	test -z "$$missing"

# Debian's Python has venv, but puts no pip into it unless python3-venv is installed.
MAKE_VENV = $(PYTHON) -m venv $(VENV) || \
	{ $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install pip; }

$(BIN)/maturin: constraints.txt | requirements
	$(call STEP,creating $(VENV) with $(PYTHON))
	$(call QUIETLY,$(MAKE_VENV))
	$(call QUIETLY,$(PIP) maturin)
	@touch $@

# The sources of the extension. Python files need no rebuild: the installation is editable.
RUST := Cargo.toml Cargo.lock pyproject.toml $(shell find src -type f)

$(VENV)/.built: $(BIN)/maturin $(RUST)
	$(call STEP,building the package into $(VENV): this takes some minutes)
	$(call QUIETLY,$(PIP) click rich)
	$(call QUIETLY,VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/maturin develop --release --quiet)
	@touch $@

$(VENV)/.tools: $(BIN)/maturin pyproject.toml constraints.txt
	$(call STEP,installing the test dependencies)
	$(call QUIETLY,$(PIP) $$($(BIN)/python tests/tools/group.py test examples))
	@touch $@

build: $(VENV)/.built ## build the extension and install the package into .venv
tools: $(VENV)/.tools

demo: build ## sync examples/contacts.csv into a sandbox, with a progress bar and a report
	@$(BIN)/python examples/demo.py

test: lint test-rust types test-python docs ## build and run all checks and tests, as CI does

test-rust: | requirements
	$(call STEP,Rust tests)
	cargo test --no-default-features --quiet

test-python: build tools
	$(call STEP,Python tests)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

test-long: test wheel bench-tools ## run the long tests too: wheels in empty environments, all network faults, process exits and forks, a sync killed 20 times, Spark (needs Java), Airflow, a marimo notebook, a small benchmark
	$(call STEP,network faults)
	$(BIN)/python tests/stress/network.py
	$(call STEP,more calls than the service accepts)
	$(BIN)/python tests/stress/contention.py
	$(call STEP,messages to servers that close connections)
	$(BIN)/python tests/stress/sends.py --sends 5000
	$(call STEP,messages over HTTP/2 connections that end at random moments)
	$(BIN)/python -m tests.stress.http2
	$(call STEP,wheel and source distribution in empty environments)
	$(BIN)/python -m tests.stress.wheel dist
	$(call STEP,documentation in a browser)
	$(BIN)/python -m tests.stress.browser build/site
	$(call STEP,page of the sandbox in a browser)
	$(BIN)/python -m tests.stress.ui
	$(call STEP,threads of a free-threaded Python)
	$(BIN)/python -m tests.stress.free_threading
	$(call STEP,small benchmark)
	$(BIN)/python tests/stress/bench.py
	$(call STEP,a sync that is killed repeatedly)
	$(BIN)/python tests/stress/crash.py
	$(call STEP,a Spark worker that is killed)
	$(PIP) $$($(BIN)/python tests/tools/group.py spark)
	$(BIN)/python tests/stress/spark.py
	$(call STEP,a DAG of Airflow)
	$(BIN)/python -m tests.stress.airflow_dag dist
	$(call STEP,the marimo notebook)
	@# In a folder of its own: it needs other versions than the documentation.
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --upgrade --target $(VENV)/marimo $$($(BIN)/python tests/tools/group.py marimo)
	$(BIN)/python tests/stress/marimo_notebook.py
	$(call STEP,process exits, forks and signals)
	$(BIN)/python -m tests.stress.process
	$(call STEP,summary)
	$(BIN)/python -m tests.stress.promises

lint: build tools ## run rustfmt, clippy and ruff, and check the generated files
	$(call STEP,lints)
	cargo fmt --check
	cargo clippy --quiet --all-targets --no-default-features -- -D warnings
	cargo clippy --quiet --lib -- -D warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python python/sparkbot/_codegen --check

types: build tools ## run mypy and pyright, and compare the stub with the binary
	$(call STEP,types)
	$(BIN)/mypy python tests examples
	$(BIN)/pyright --warnings
	$(BIN)/stubtest sparkbot._sparkbot

generate: | requirements ## regenerate the files that are generated from src/api
	$(PYTHON) python/sparkbot/_codegen

pictures: build tools ## draw the README's picture
	$(BIN)/python docs/pictures.py

docs: tools ## build the documentation site in build/site
	$(BIN)/python docs/site.py build
	$(BIN)/zensical build --strict --clean --config-file build/zensical.toml

notebooks: build tools ## execute the notebooks and save their outputs
	$(BIN)/python tests/tools/refresh_notebooks.py

bench: build bench-tools ## compare sparkbot with other clients; BENCH="--only tls --rounds 5 --markdown" gives options
	$(BIN)/python tests/benchmarks/run.py $(BENCH)

bench-tools: build
	$(call STEP,installing the other clients)
	$(PIP) $$($(BIN)/python tests/tools/group.py bench)
	$(PIP) --upgrade --target $(VENV)/niquests $$($(BIN)/python tests/tools/group.py bench-niquests)
	cargo build --release --examples --no-default-features --quiet
	@# If this one cannot be built, the benchmark reports it as missing.
	-cargo build --release --manifest-path tests/benchmarks/rust/stock_bridge/Cargo.toml --target-dir $${CARGO_TARGET_DIR:-target} --quiet

bench-sync: build tools ## compare the sync with aiohttp and requests; ROWS=1000000 BENCH="--markdown --minutes 3" writes its table
	$(BIN)/python tests/benchmarks/sync_contacts.py --rows $(ROWS) $(BENCH)

wheel: $(BIN)/maturin ## build the abi3 wheel and the source distribution into dist/
	rm -rf dist
	$(BIN)/maturin build --release --quiet --out dist
	$(BIN)/maturin sdist --out dist
	@ls -l dist

clean: ## remove all build outputs
	rm -rf $(VENV) build dist target
