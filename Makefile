# Everything a person does here. Each line sets up what it needs; `make` alone serves the site.
PYTHON ?= python3
BIN := .venv/bin
# Where `make up` serves.
PORT ?= 8000
# Test processes at once.
WORKERS ?= 2
PYTEST := $(PYTHON) scripts/second_run.py $(BIN)/pytest -n $(WORKERS)

.DEFAULT_GOAL := up
.PHONY: install setup up test test-sqlite test-postgresql journeys check fix bench tour vendor clean run-set dev-set

up: run-set ## set up and serve http://127.0.0.1:8000 with demonstration content
	@$(BIN)/leeward up --port $(PORT)

install: run-set ## the program's parts alone, for a live server (docs/operate.md)
	@$(BIN)/leeward words

setup: run-set ## set up without serving
	@$(BIN)/leeward setup

test: dev-set ## everything: both databases, then both browsers
	@scripts/test_programs
	@$(MAKE) --no-print-directory test-sqlite test-postgresql journeys

test-sqlite: dev-set ## all but the browsers, on the embedded SQLite
	@echo "== on SQLite"
	@$(PYTEST) --ignore=tests/journeys

test-postgresql: dev-set ## the same on PostgreSQL, started here; test_faults.py breaks SQLite's file
	@echo "== on PostgreSQL"
	@scripts/with_postgres $(PYTEST) --ignore=tests/journeys --ignore=tests/site/test_faults.py

journeys: dev-set ## Chromium and Firefox, scripts on and off
	@echo "== journeys in real browsers"
	@$(PYTEST) --dist=loadscope tests/journeys

check: dev-set ## format, lint, types, imports, templates, migrations, dependencies
	@scripts/check

fix: dev-set ## repair what can be repaired by itself
	@scripts/fix

bench: dev-set ## speed beside nginx, bytes and first paint beside two other sites
	@$(BIN)/python -m bench

tour: dev-set ## take the screenshots under docs/tour/
	@$(BIN)/python -m scripts.tour

vendor: dev-set ## fetch the pinned third-party scripts of the browser's side anew; needs npm
	@$(BIN)/python scripts/vendor_browser.py

clean: ## remove what was set up and cached; var/ (your data) stays
	rm -rf .venv .tools .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

run-set:
	@$(PYTHON) scripts/bootstrap.py run

dev-set:
	@$(PYTHON) scripts/bootstrap.py dev
