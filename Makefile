# Everything a developer runs. `make help` lists it. Nothing needs to be installed by hand but Rust and CPython 3.11.
PYTHON ?= python3.11
# Rows that bench-sync writes with each contender.
ROWS ?= 100000
VENV := .venv
BIN := $(VENV)/bin
# Times say where a slow run spends them.
STEP = @printf '\n== %s\n' "$(1)"
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help build tools demo test test-rust test-python test-long lint types generate notebooks docs bench bench-tools bench-sync wheel clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/maturin: constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) maturin
	@touch $@

# What the extension is made of; Python files need no rebuild, the installed package points at them.
RUST := Cargo.toml Cargo.lock pyproject.toml $(shell find src -type f)

$(VENV)/.built: $(BIN)/maturin $(RUST)
	$(call STEP,building the package into $(VENV))
	$(PIP) 'click' 'rich'
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/maturin develop --release --quiet
	@touch $@

$(VENV)/.tools: $(BIN)/maturin pyproject.toml constraints.txt
	$(call STEP,installing what the tests use)
	$(PIP) $$($(BIN)/python tests/tools/group.py test examples)
	@touch $@

build: $(VENV)/.built ## build the package into .venv
tools: $(VENV)/.tools

demo: build ## sync examples/contacts.csv into an embedded sandbox, with a progress bar and a report
	$(BIN)/python examples/demo.py

test: lint test-rust types test-python docs ## build and run every test; what CI runs

test-rust:
	$(call STEP,Rust tests)
	cargo test --no-default-features --quiet

test-python: build tools
	$(call STEP,Python tests)
	$(BIN)/python -m pytest

test-long: test wheel bench-tools ## also what takes longer: the wheel in empty environments, other Pythons, every fault of the wire, the life of processes, a sync killed 20 times, Spark (needs Java), the benchmark in small
	$(call STEP,promises on a broken wire)
	$(BIN)/python tests/stress/network.py
	$(call STEP,more calls than a service takes)
	$(BIN)/python tests/stress/contention.py
	$(call STEP,the wheel and the source distribution in empty environments)
	$(BIN)/python -m tests.stress.wheel dist
	$(call STEP,the documentation in a browser)
	$(BIN)/python -m tests.stress.browser build/site
	$(call STEP,the benchmark in small)
	$(BIN)/python tests/stress/bench.py
	$(call STEP,a sync that is killed again and again)
	$(BIN)/python tests/stress/crash.py
	$(call STEP,a worker of Spark that is killed)
	$(PIP) $$($(BIN)/python tests/tools/group.py spark)
	$(BIN)/python tests/stress/spark.py
	$(call STEP,the life of processes)
	$(BIN)/python -m tests.stress.process
	$(call STEP,all promises)
	$(BIN)/python -m tests.stress.promises

lint: build tools
	$(call STEP,lints)
	cargo fmt --check
	cargo clippy --quiet --all-targets --no-default-features -- -D warnings
	cargo clippy --quiet --lib -- -D warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python python/sparkbot/_codegen --check

types: build tools ## mypy, pyright, and the stub held against the binary
	$(call STEP,types)
	$(BIN)/mypy python tests examples
	$(BIN)/pyright --warnings
	$(BIN)/stubtest sparkbot._sparkbot

generate: ## write what is made from src/api
	$(PYTHON) python/sparkbot/_codegen

docs: tools ## build the documentation's site in build/site, strictly
	$(BIN)/python docs/site.py build
	$(BIN)/zensical build --strict --clean --config-file build/zensical.toml

notebooks: build tools ## run the notebooks and keep what they show
	$(BIN)/python tests/tools/refresh_notebooks.py

bench: build bench-tools ## measure sparkbot beside other clients; BENCH="--rounds 9 --markdown" gives options
	$(BIN)/python tests/benchmarks/run.py $(BENCH)

bench-tools: build
	$(call STEP,installing whom the benchmark compares with)
	$(PIP) $$($(BIN)/python tests/tools/group.py bench)
	cargo build --release --examples --no-default-features --quiet

bench-sync: build tools ## measure the main job beside aiohttp and requests; ROWS=1000000 BENCH="--markdown --minutes 3" writes its table
	$(BIN)/python tests/benchmarks/sync_contacts.py --rows $(ROWS) $(BENCH)

wheel: $(BIN)/maturin ## one abi3 wheel and the source distribution into dist/
	rm -rf dist
	$(BIN)/maturin build --release --quiet --out dist
	$(BIN)/maturin sdist --out dist
	@ls -l dist

clean: ## remove what was built
	rm -rf $(VENV) build dist target
