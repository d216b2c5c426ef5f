# The two commands are `make demo` and `make test`. Everything is installed into .venv from hash-pinned files.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Processes that run tests, each of which loads the pipeline and the networks: about 1 GB. One more than two cores, as a
# third of the time a test waits for a process, a browser or a server.
WORKERS ?= 3
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PYTHONHASHSEED := 0

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench docs requirements clean

help:  ## Show this help
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

# An environment is made anew whenever what it is made from has changed.
$(VENV)/.core: requirements/core.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("dateline needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try: make PYTHON=python3.11 ...")'
	@echo "Making the environment in $(VENV) (once; a minute or two) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements/core.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.core
	@echo "Adding the tools for tests and checks ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.core  ## Code the sample reports and show the events (makes its own environment)
	@mkdir -p out
	@$(BIN)/dateline demo --page out/demo.html
	@echo "The same with text, cards and map: out/demo.html (open it in a browser)"

test: $(VENV)/.dev  ## Run the tests (makes its own environment)
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal

lint: $(VENV)/.dev  ## Check style, types, the direction of dependencies and how the house is kept
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/house.py

bench: $(VENV)/.dev  ## Measure accuracy and speed (set DATELINE_DATA to the folder of the data)
	@$(BIN)/python benchmarks/run.py --data "$${DATELINE_DATA:?set DATELINE_DATA to the folder that holds the data sets}"

docs: $(VENV)/.dev  ## Write the reference pages, and the generated parts of others, from the code and the figures
	@$(BIN)/python docs/generate.py

# Universal files: one for every platform and every supported Python. No index address is written.
requirements:  ## Pin the dependencies anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --no-annotate --group build pyproject.toml -o requirements/core.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --constraint requirements/core.txt --no-annotate --group dev pyproject.toml -o requirements/dev.txt

clean:  ## Remove the environment and what tools left
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
