# Two commands do everything: `make demo` runs the main job, `make test` checks the project.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
# Every extra but spark: its thin client must not lie beside the whole pyspark of the tests.
EXTRAS := agent apprise charts mcp web
# What the container image has beside the base: the dashboard, questions, charts.
SERVED := agent charts mcp web
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

ifeq ($(PYTHON),)
$(error Python 3.11 or newer is needed; name one with `make PYTHON=/path/to/python3.12 …`)
endif

.PHONY: demo test lint types house unit lock docs lambda-zip bench evals soak mutants wheels clean help

help: ## Show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: $(VENV)/.base ## Make a sample bill, find its anomalies, explain the largest one
	@$(BIN)/aws-cost-anomalies demo

test: lint house ## Lint, types, house rules and tests
	@$(MAKE) --no-print-directory -j2 types unit

lint: $(VENV)/.dev ## Formatting and lint
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .

types: $(VENV)/.dev ## Strict type checking
	@$(BIN)/mypy

house: $(VENV)/.dev ## Floors and families (import-linter)
	@$(BIN)/lint-imports --no-logo --config importlinter.ini

unit: $(VENV)/.dev ## Every test
	@$(BIN)/pytest -q -n auto --dist loadscope --no-loadscope-reorder

lock: ## Resolve the three lock files again (needs uv)
	@uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate -q -c constraints.txt -o requirements-base.lock
	@uv pip compile pyproject.toml $(SERVED:%=--extra %) --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate -q -c requirements-base.lock -o requirements-app.lock
	@uv pip compile pyproject.toml $(EXTRAS:%=--extra %) --group dev --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate -q -c requirements-app.lock -o requirements.lock

docs: $(VENV)/.dev ## Build the documentation as pages below build/site
	@$(BIN)/python docs/build_site.py build/site

lambda-zip: ## Build the Lambda function as build/aws-cost-anomalies.zip
	@PYTHON=$(PYTHON) deploy/aws/build.sh zip

bench: $(VENV)/.dev ## Measure speed beside bare DuckDB (half an hour, 2 GB below $$TMPDIR)
	@$(BIN)/python -m benchmarks.ingest
	@$(BIN)/python -m benchmarks.questions
	@$(BIN)/python -m benchmarks.panel
	@$(BIN)/python -m benchmarks.first_load

evals: $(VENV)/.dev ## Ask real models 40 questions and score the answers (their credentials, their price)
	@$(BIN)/pytest -q -m evals tests/evals

soak: $(VENV)/.dev ## Kill, spoil and count for hours; smaller numbers are arguments of each module
	@$(BIN)/python -m benchmarks.soak_kills
	@PYTHONPATH=tests $(BIN)/python tests/store_reads.py 1000
	@$(BIN)/python -m benchmarks.soak_upgrades
	@$(BIN)/python -m benchmarks.soak_files
	@$(BIN)/python -m benchmarks.soak_words
	@PYTHONPATH=tests $(BIN)/python tests/alert_kills.py 120
	@SOAK_BILLS=5000 $(BIN)/pytest -q -s --timeout 0 tests/line/test_deliveries.py

mutants: $(VENV)/.dev ## Put small faults into what decides, one at a time, and see whether a test notices (hours)
	@$(BIN)/python -m benchmarks.mutants --sample 400

PYTHONS ?= python3.11 python3.12 python3.13
wheels: $(VENV)/.dev ## Install wheel and sdist on every Python and DuckDB; the table goes to docs/RELEASE.md
	@$(BIN)/python -m benchmarks.wheels $(PYTHONS) --write docs/RELEASE.md
	@$(BIN)/python -m benchmarks.image $(lastword $(PYTHONS))

clean: ## Remove what make made
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist

$(BIN)/python:
	@echo "Setting up $(VENV) with $(PYTHON) …" >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements-base.lock pyproject.toml | $(BIN)/python
	@$(PIP) install --require-hashes -r requirements-base.lock
	@$(PIP) install --no-deps -e .
	@touch $@

# The lock names everything, and its own pip, which finds packages in half the time.
$(VENV)/.dev: requirements.lock pyproject.toml | $(BIN)/python
	@sed -n '/^pip==/,/[^\\]$$/p' requirements.lock > $(VENV)/pip.lock
	@$(PIP) install --require-hashes --no-deps -r $(VENV)/pip.lock
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps -e .
	@$(BIN)/python -m pip --disable-pip-version-check check > $(VENV)/pip.check || \
		{ cat $(VENV)/pip.check; echo "Run \`make clean\` and try again."; exit 1; } >&2
	@touch $@ $(VENV)/.base
