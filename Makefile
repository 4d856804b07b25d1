# Every target sets up what it needs first: `packaging/setup/setup.sh` costs some 40 ms when
# nothing changed. ARGS is handed on: `make test ARGS="-k tree"`.
SHELL := /bin/sh
PYTHON := .venv/bin/python
SETUP := sh packaging/setup/setup.sh
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run setup test check format bench models screenshots goldens doctor rebuild-llama wheel-portable clean

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-15s %s\n", $$1, $$2 }'

run: ## Set up if needed, then open the window on the demo play
	@$(SETUP) run $(ARGS)

setup: ## Make .venv and install everything (llama.cpp compiles once)
	@$(SETUP) setup

# Tests start some 300 processes: each reads what the first one compiled.
test: ## Set up if needed, then run the whole test suite offscreen
	@$(SETUP) setup --tests
	PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 3 --dist worksteal $(ARGS)

check: ## Format, lint, types, import contracts, generated README tables
	@$(SETUP) setup
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	@if grep -qs '\[\[\[cog' README.md; then $(PYTHON) -m cogapp --check README.md; fi

format: ## Rewrite the code in the house's format
	@$(SETUP) setup
	$(PYTHON) -m ruff check --fix-only --quiet .
	$(PYTHON) -m ruff format .
	@if grep -qs '\[\[\[cog' README.md; then $(PYTHON) -m cogapp -r README.md; fi

bench: ## Measure: one JSON object a row with ARGS=--json
	@$(SETUP) setup >&2
	@$(PYTHON) -m tests.bench $(ARGS)

models: ## Retrain the demo models (packaging/models); ARGS=--trial only tries every step
	@sh packaging/models/make.sh $(ARGS)

screenshots: ## Render every view and state into resources/screenshots
	@$(SETUP) setup
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.screenshots $(ARGS)

goldens: ## Accept the pictures in tests/pictures as they are drawn now; look at them first
	@$(SETUP) setup --tests
	STAGE_ACCEPT_PICTURES=1 QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest tests/ui/test_pictures.py $(ARGS)

doctor: ## Check this machine and say what is missing
	@$(SETUP) setup
	@$(PYTHON) -m stage doctor $(ARGS)

rebuild-llama: ## Compile llama.cpp again for this processor
	@$(SETUP) rebuild-llama

wheel-portable: ## Build a llama.cpp wheel for other machines into dist/ (Haswell, 2013, and later)
	@$(SETUP) wheel-portable

clean: ## Remove .venv, build/ and every cache of the tools
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find stage tests packaging -name __pycache__ -prune -exec rm -rf {} +
