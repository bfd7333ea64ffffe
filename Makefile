# Everything is set up on the first call; `make help` lists the commands.

PYTHON ?= python3
OTHER_PYTHON ?= python3.13
BUILDER ?= mkdocs
VENV := .venv
BIN := $(VENV)/bin
OTHER := .venv-other
READY := $(VENV)/.ready
TESTS_READY := $(VENV)/.ready-tests

# The same sources give the same bytes: dates in the site are those of the last commit.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

.DEFAULT_GOAL := help
.PHONY: help site serve check test fuzz accessibility bench lighthouse lock software other

help: ## List the commands.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

site: $(if $(filter zensical,$(BUILDER)),$(TESTS_READY),$(READY)) ## Check everything and build the whole site into site/ (BUILDER=zensical for the other builder).
	$(BIN)/python -m handbook build --with $(BUILDER)

serve: $(READY) ## Show the site at http://127.0.0.1:8000/ and follow every change.
	$(BIN)/python -m mkdocs serve

check: $(READY) ## Check data and pages only, in seconds.
	$(BIN)/python -m handbook check

test: $(TESTS_READY) ## Run all tests, those in the browser included.
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

fuzz: $(TESTS_READY) ## Make up thousands of spoilt files, forms and links, new ones each time, and see what they do.
	$(BIN)/python -m pytest --hypothesis-profile=long tests/fuzz tests/browser/test_fragment.py

accessibility: $(TESTS_READY) ## Look at every page in every size and colour, for the accessibility statement.
	$(BIN)/python -m tests.browser

bench: $(TESTS_READY) ## Measure what the handbook costs, into bench/results.md.
	$(BIN)/python -m bench

lighthouse: $(TESTS_READY) ## Measure each kind of page with Lighthouse (from npm, fetched once), into bench/lighthouse.md.
	$(BIN)/python -m bench.lighthouse

lock: $(TESTS_READY) ## Renew the lock files after a change in pyproject.toml, and the list of software.
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements-dev.txt
	$(MAKE) --no-print-directory software

other: ## Set up a second Python (OTHER_PYTHON=python3.13), so that the tests build with two and compare.
	$(OTHER_PYTHON) -m venv --clear $(OTHER)
	$(OTHER)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt

software: $(TESTS_READY) ## List the software of others and its licences anew.
	$(BIN)/python -m handbook.inventory

$(READY): requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, and this is " + sys.version if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(TESTS_READY): requirements-dev.txt $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
