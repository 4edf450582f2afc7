# Seabelt. `make run` looks at it, `make test` checks it, `make help` lists the rest.

PORT ?= 8501
ADDRESS ?= 127.0.0.1
# The first Python here that is new enough; or any, for the check to say what is wrong with it.
NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(or $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && echo $(name)))),python3)

VENV := .venv
RUN := $(VENV)/bin/python -m
PIP := $(RUN) pip install --quiet --quiet --disable-pip-version-check
# Made when the packages are in place, and out of date as soon as a list of packages changes.
INSTALLED := $(VENV)/installed
INSTALLED_DEV := $(VENV)/installed-dev

.DEFAULT_GOAL := help
.PHONY: help run test lint format data check audit dist screenshots clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*##/\1:/p' $(MAKEFILE_LIST)

run: $(INSTALLED)  ## start the dashboard at localhost:8501 (PORT=, ADDRESS=0.0.0.0 for a network)
	@$(VENV)/bin/python dashboard/preflight.py port $(ADDRESS) $(PORT)
	@exec env MALLOC_ARENA_MAX=2 $(RUN) streamlit run dashboard/server.py \
		--server.port $(PORT) --server.address $(ADDRESS)

# Each worker begins with one part of the tests as they stand, so that what a file or a folder needs
# is mostly started once, and helps the others when it is through.
test: lint  ## check the code, then run every test
	@$(RUN) pytest -n auto --dist worksteal

lint: $(INSTALLED_DEV)  ## check style and types
	@$(RUN) ruff check --quiet
	@$(RUN) ruff format --check --quiet
	@$(RUN) mypy

format: $(INSTALLED_DEV)  ## put the code into the common format
	@$(RUN) ruff check --fix --quiet
	@$(RUN) ruff format --quiet

data: $(INSTALLED_DEV)  ## build the tables in data/ from the curated sources
	@$(RUN) data.curation

check: data  ## check that the data are as built, and keep their contract
	@changed=$$(git status --porcelain -- data) && test -z "$$changed" || { echo "$$changed"; \
		echo "data/ is not as its inputs build it: commit what \`make data\` has written." >&2; exit 1; }
	@$(RUN) dashboard validate

audit: $(INSTALLED_DEV)  ## check packages for known weaknesses, files for secrets
	@$(VENV)/bin/python .ci/audit

dist: $(INSTALLED)  ## write the data as ZIP, Parquet and XLSX into dist/
	@$(RUN) dashboard dist

screenshots: $(INSTALLED_DEV)  ## take the pictures of the documentation again
	@$(VENV)/bin/python docs/screenshots.py

clean:  ## remove the environment and everything that tools have left behind
	@rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache artefacts dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "Seabelt needs Python 3.11 or newer: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) dashboard/preflight.py python
	@$(PYTHON) -m venv $(VENV)

$(INSTALLED): requirements.txt | $(VENV)/bin/python
	@echo "Installing what the dashboard needs; this is done once."
	@$(PIP) --requirement requirements.txt
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt requirements-sign-in.txt requirements-stores.txt $(INSTALLED)
	@echo "Installing what the tests need; this is done once."
	@$(PIP) --requirement requirements-dev.txt
	@touch $@
