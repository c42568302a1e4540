# `make` lists what there is. Needs Python 3.11 or newer; everything else is installed into .venv.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
BIN := .venv/bin
RUN := $(BIN)/python -m deckgen.dev.with_servers --
QUEUE_TESTS = $(wildcard tests/*/test_queue*.py tests/*/test_worker*.py)
# Three processes for each of two cores: of the whole suite, some always wait for those that they started.
# Of what is slow a sample that guards each promise, with its negative controls.
SAMPLED := not rest and (sample or not (faults or looks or contract or sweeps))
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast looks contract sweeps dev api worker orchestrator migrate check test-queue faults soak test-watch noise bench bench-analyst bench-queue bench-model bench-hostile bench-console bench-presentations bench-refreshing bench-demo docs lock clean runtime development clients

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: runtime ## Make a deck with everything started for it: CSV=path BRIEF="..."
	@$(BIN)/python -m deckgen.dev.demo $(if $(CSV),--csv "$$CSV") $(if $(BRIEF),--brief "$$BRIEF")

test: development ## Run the tests, of the four slow kinds a sample: ARGS="-k servers"
	$(BIN)/python -m pytest -m "$(SAMPLED)" --numprocesses=6 $(ARGS)

test-fast: development ## Run what takes a minute: units, no servers, browsers, hostile tables, files or long decks
	$(BIN)/python -m pytest tests/unit -m "not (slow or rest)" -n auto --maxprocesses 4 $(ARGS)

dev: runtime ## Run everything at http://localhost:3000, restarted on change; data in .deckgen/: FAKE_MODEL=1
	@$(BIN)/deckgen dev $(if $(filter 1,$(FAKE_MODEL)),--fake-model)

api: runtime ## Run the API, with a worker inside unless AUTO_START_WORKER=false
	@$(RUN) python -m deckgen.api

worker: runtime ## Run a worker: arq deckgen.worker_settings.WorkerSettings
	@$(RUN) arq deckgen.worker_settings.WorkerSettings

orchestrator: runtime ## Run the orchestrator
	@$(RUN) python -m deckgen.orchestrator

migrate: runtime ## Bring the database up to date
	@$(BIN)/deckgen migrate

check: development ## Check format, style, types and the direction of imports
	$(BIN)/ruff format --check
	$(BIN)/ruff check --no-cache
	$(BIN)/mypy
	$(BIN)/lint-imports

test-queue: development ## Run the tests of queue and worker
	$(BIN)/python -m pytest $(QUEUE_TESTS) $(ARGS)

faults: development ## Kill, stop and freeze processes and servers while jobs run, and count what was lost
	$(BIN)/python -m pytest -m faults $(ARGS)

looks: development clients ## Look at pages and slides in Chromium and LibreOffice
	$(BIN)/python -m pytest -m looks $(ARGS)

contract: development clients ## Test what is relied on: releases side by side, arq, OpenAPI, generated clients, the wheel
	$(BIN)/python -m pytest -m contract $(ARGS)

sweeps: development ## Try every table, error and series of which `make test` has a few
	$(BIN)/python -m pytest -m sweeps $(ARGS)

soak: development ## The long form, half an hour: ARGS="--jobs 500 --strikes 60 --docs"
	$(BIN)/python -m tests.faults.soak $(ARGS)

test-watch: development ## Run the tests whenever a file changes: ARGS="-k servers"
	$(BIN)/watchfiles '$(BIN)/python -m pytest --quiet $(ARGS)' deckgen sql tests

noise: development ## Count false discoveries in 200 tables of noise and of random walks
	$(BIN)/python -m tests.unit.orchestrator.analyst.noise

bench: bench-analyst bench-queue bench-model bench-hostile bench-console ## Measure engine, queue, model, hostile tables, console

bench-analyst: development ## Measure the offline engine beside others, into docs/benchmarks-analyst.md: ARGS="preview" QUICK=1
	@$(PYTHON) tools/setup_venv.py requirements-bench.lock .venv-bench
	$(if $(QUICK),QUICK=$(QUICK)) $(BIN)/python -m bench.analyst $(ARGS)

bench-queue: development ## Measure the queue beside others, into docs/benchmarks.md: ARGS="drain" QUICK=1
	@$(PYTHON) tools/setup_venv.py requirements-bench.lock .venv-bench
	$(if $(QUICK),QUICK=$(QUICK)) $(BIN)/python -m bench.queue $(ARGS)

bench-model: development ## Measure the model engine with a provider of a second a call, into docs/benchmarks-model.md: QUICK=1
	$(if $(QUICK),QUICK=$(QUICK)) $(BIN)/python -m bench.model

bench-hostile: development ## Measure how services answer while hostile tables come, into docs/benchmarks-hostile.md: QUICK=1
	$(if $(QUICK),QUICK=$(QUICK)) $(BIN)/python -m bench.hostile

bench-console: development ## Measure what the console asks with 1,000,000 jobs, for docs/benchmarks-pages.md: QUICK=1
	$(if $(QUICK),QUICK=$(QUICK)) $(BIN)/python -m bench.console

bench-presentations: development ## Count the edits of PowerPoint files that `deckgen verify` names: ARGS=7 (the seed)
	$(BIN)/python -m bench.presentations $(ARGS)

bench-refreshing: development ## Count the numerals that `deckgen refresh` writes right: ARGS=7 (the seed)
	$(BIN)/python -m bench.refreshing $(ARGS)

bench-demo: development ## Measure `make demo` of a fresh clone beside version 0.1.0's, into docs/benchmarks-first-minutes.md: QUICK=1
	$(if $(QUICK),QUICK=$(QUICK)) $(BIN)/python -m bench.first_minutes

docs: development ## Renew docs/settings.md
	$(BIN)/python -m tools.settings_page > docs/settings.md

lock: development ## Renew the locked versions in the five requirements*.lock
	printf 'editables\nhatchling\n' | $(LOCK) --extra embedded pyproject.toml - --output-file requirements.lock
	$(LOCK) --extra embedded --extra otel pyproject.toml --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock
	$(LOCK) --group bench --output-file requirements-bench.lock
	$(LOCK) --group clients --output-file requirements-clients.lock
	printf 'uv\n' | $(LOCK) - --constraint requirements-dev.lock --output-file requirements-uv.lock

clean: ## Remove .venv, caches and out/; the data in .deckgen/ stay
	rm -rf .venv .venv-bench .venv-clients bench/queue/peers/node_modules out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find deckgen tests -name __pycache__ -type d -prune -exec rm -rf {} +

runtime:
	@$(PYTHON) tools/setup_venv.py requirements.lock

development:
	@$(PYTHON) tools/setup_venv.py requirements-dev.lock

clients: development
	@$(PYTHON) tools/setup_venv.py requirements-clients.lock .venv-clients
	@.venv-clients/bin/python tools/setup_node.py tests/generated .venv-clients/node
