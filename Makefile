# Two commands: `make run` (the main job on seeds/) and `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test test-fast lint check clean $(VENV)/pip

run: $(STAMP)
	$(BIN)/pactwire run seeds

test: $(STAMP)
	$(BIN)/python -m pytest

test-fast: $(STAMP)
	$(BIN)/python -m pytest -m "not model and not package"

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict extract

check: lint test

# The stamp is renewed only when the dependencies may have changed.
$(STAMP): pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(MAKE) --no-print-directory $(VENV)/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(STAMP)

# Debian's python3 may come without ensurepip (package python3-venv): then the system's pip serves.
$(VENV)/pip:
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 \
	|| { $(PYTHON) -m venv --clear --without-pip $(VENV) \
	     && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; } \
	|| { echo "Error: no virtual environment with $(PYTHON): apt-get install python3-venv, then make again"; exit 1; }

clean:
	rm -rf $(VENV) .build .pytest_cache .mypy_cache .ruff_cache
