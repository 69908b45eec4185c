# Glocal, for people. Needs Python >= 3.11 and make; everything else goes into .venv.
# uv is used where it is installed (seconds instead of a minute), otherwise venv and pip.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
UV := $(shell command -v uv 2>/dev/null)
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help demo test test-all test-whole test-kill check coverage bench constraints env-example clean

help:  ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1  —  /p' $(MAKEFILE_LIST)

demo: $(VENV)/.demo  ## play the whole story in the terminal, then keep the playground open
	@$(BIN)/python -m bot demo

test: $(VENV)/.dev  ## the tests one runs all the time: under four minutes on two cores
	$(PYTEST) -m "not slow and not postgres" -n 2 --dist worksteal

test-all: test-whole test-kill  ## everything: faults, PostgreSQL, the built wheel, a browser

test-whole: $(VENV)/.dev  ## every test but the kills
	$(PYTEST) --deselect tests/faults/test_kill.py

test-kill: $(VENV)/.dev  ## kill -9 the real program while people go on, on both stores
	$(PYTEST) -s tests/faults/test_kill.py

check: $(VENV)/.dev  ## style, types, floors, brand files, migrations on both stores
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m bot check
	$(PYTEST) -q tests/store/test_migrations.py

coverage: $(VENV)/.dev  ## which branches the tests of `make test` never take
	$(BIN)/python -m coverage run -m pytest -q -m "not slow and not postgres"
	$(BIN)/python -m coverage report

bench: $(VENV)/.dev  ## measure turns and previews; writes out/bench.json
	$(BIN)/python -m tests.bench

constraints:  ## pin anew after pyproject.toml changed (needs uv); pins that still fit stay
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra dev \
	    --no-header --no-annotate --quiet --output-file constraints.txt

env-example: $(VENV)/.demo  ## write .env.example anew after bot/settings.py changed
	$(BIN)/python -c 'from bot.settings import env_example; print(env_example(), end="")' > .env.example

clean:  ## forget the environment and what the program wrote
	rm -rf $(VENV) out var build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/.demo: pyproject.toml constraints.txt
	@$(call install,.)
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	@$(call install,.[dev])
	@touch $@ $(VENV)/.demo

# Install the project, editable, with pinned versions: once per change of pyproject.toml or constraints.txt.
# PYTHON=… chooses the interpreter; otherwise the first one that is new enough.
define install
	set -e; echo "Setting up $(VENV) (once) …"; \
	if [ -n "$(UV)" ]; then \
	    [ -x $(BIN)/python ] || "$(UV)" venv --quiet --python '$(or $(PYTHON),>=3.11)' $(VENV); \
	    "$(UV)" pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '$(1)'; \
	    exit 0; \
	fi; \
	if [ ! -x $(BIN)/pip ]; then \
	    for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	        "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	        python=; \
	    done; \
	    [ -n "$$python" ] || { echo "Python >= 3.11 is needed and none was found" >&2; exit 1; }; \
	    "$$python" -m venv $(VENV); \
	fi; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '$(1)'
endef
