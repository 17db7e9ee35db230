# Every target sets up `.venv` by itself; only Python 3.11-3.13 and make are needed.
SUPPORTED := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c '$(SUPPORTED)' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
READY := .venv/.ready
NEEDS_PYTHON = test -n "$(PYTHON)" || { echo "Marsad needs Python 3.11, 3.12 or 3.13 with venv; none was found. Name one: make PYTHON=/path/to/python3" >&2; exit 1; }
BENCH := .venv-bench/bin
BENCH_READY := .venv-bench/.ready
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.PHONY: help setup demo test crash accuracy bench check check-deploy format lint types imports lock clean docs

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(READY) ## Make .venv with everything in it

$(READY): requirements.lock pyproject.toml
	@$(NEEDS_PYTHON)
	@echo "Setting up .venv with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## Run the whole thing on sample articles, with its own Kafka and Redis (ONCE=1 ends by itself)
	@$(BIN)/marsad demo $(if $(ONCE),--once)

test: setup ## Run the tests, on real Kafka and Redis; those of the deployment are in check-deploy
	@$(BIN)/pytest --ignore tests/deploy $(ARGS)

crash: setup ## Kill everything again and again and check that nothing is lost (ARTICLES=5000 SEED=7 WORKERS=3)
	@$(BIN)/python -m tests.crash $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(SEED),--seed $(SEED)) $(if $(WORKERS),--workers $(WORKERS))

accuracy: setup ## Score the tagger on annotated articles, where they lie beside the checkout (ERRORS=10 shows errors)
	@$(BIN)/python -m tests.accuracy $(if $(ERRORS),--errors $(ERRORS)) $(ARGS)

bench: $(BENCH_READY) ## Measure Marsad beside others (QUICK=1: in three minutes; JSON=1: print JSON)
	@$(BENCH)/python -m tests.bench $(if $(QUICK),--quick) $(if $(JSON),--json) $(ARGS)

$(BENCH_READY): requirements-bench.lock pyproject.toml
	@$(NEEDS_PYTHON)
	@echo "Setting up .venv-bench with $$($(PYTHON) --version) ..." >&2
	@$(PYTHON) -m venv --clear .venv-bench
	@$(BENCH)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements-bench.lock
	@$(BENCH)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

check: format lint types imports ## Check format, lint, types and imports

format: setup
	@$(BIN)/ruff format --check .

lint: setup
	@$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy

imports: setup
	@$(BIN)/lint-imports --no-cache

check-deploy: setup ## Check what needs Debian packages (installs them where it may)
	@bash deploy/check

lock: setup ## Renew the locks from pyproject.toml
	@$(COMPILE) --upgrade --extra local --extra dev --output-file requirements.lock pyproject.toml
	@cp requirements.lock deploy/requirements.lock # the same versions, of what running takes alone
	@$(COMPILE) --output-file deploy/requirements.lock pyproject.toml
	@cp requirements.lock requirements-bench.lock # whose versions are kept wherever the other contestants allow it
	@$(COMPILE) --extra local --extra bench --output-file requirements-bench.lock pyproject.toml

clean: ## Remove .venv and what tools left behind
	@rm -rf .venv .venv-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis

docs: setup ## Renew the schemas and the table of settings in docs/, and the dashboards in deploy/grafana/
	@$(BIN)/python -m streams.schemas docs
	@$(BIN)/python -m streams.settings > docs/settings.md
	@$(BIN)/python -m deploy.grafana
