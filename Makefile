# Every command of the project. `make help` lists them; CONTRIBUTING.md says when to use which.

PYTHON ?= python3
VENV ?= .venv
# pytest's choice of tests, for example: make test TESTS="tests/activations -k relu"
TESTS ?=
WORKERS ?= auto
# where `make course` puts a course directory, and `make serve` its pages
DIR ?= ../rectified-course
PORT ?= 8000

BIN := $(VENV)/bin
READY := $(VENV)/.ready
# nbgrader and jupyter start their helpers by name: they find the environment's own
export PATH := $(abspath $(BIN)):$(PATH)
export PYTHONDONTWRITEBYTECODE := 1
# the arrays are small, and the work is shared out by process: threads would only be in each other's way
export OPENBLAS_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help book test serve exercises check-links lint format pdf bench bench-grading course messages margins caught tournament lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(READY): requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Rectified needs Python 3.11 or newer; try: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

book: $(READY) ## build the HTML book and say where it is
	$(BIN)/python -m tools.book

test: $(READY) ## run all tests (TESTS="tests/figures -k explore" for some)
	$(BIN)/python -m tools.system_needs
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder \
	  -p no:benchmark $(TESTS)

serve: book ## build the book, then serve it on this machine (PORT=8000)
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

exercises: $(READY) ## make exercises/ from solutions/
	$(BIN)/python -m tools.exercises

check-links: $(READY) ## follow the links to other sites (needs the network)
	$(BIN)/jupyter-book build . --builder linkcheck

lint: $(READY) ## check the style of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(READY) ## put the code into the style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pdf: $(READY) ## print the whole book into one PDF
	$(BIN)/python -m tools.system_needs
	$(BIN)/python -m tools.pdf

bench: $(READY) ## measure speed, as ratios within one run
	$(BIN)/python -m pytest benchmarks --benchmark-only --benchmark-disable-gc

bench-grading: $(READY) ## time the class runner against stock nbgrader, as ratios
	$(BIN)/python -m tools.bench_grading

course: $(READY) ## make a course directory for nbgrader (DIR=../rectified-course)
	$(BIN)/rectified course $(DIR)

messages: $(READY) ## print what students read when they are wrong
	$(BIN)/python -m tools.messages

caught: $(READY) ## count the wrong versions that the checks catch, and the right ones that fail
	$(BIN)/python -m tools.caught

margins: $(READY) ## print how far right and wrong versions are from each tolerance
	$(BIN)/python -m tools.margins

tournament: $(READY) ## play the tournament of the activations again (ten minutes)
	$(BIN)/python -m tools.tournament

lock: ## resolve requirements.txt anew into constraints.txt
	$(PYTHON) tools/lock.py

clean: ## remove what was built, not the environment
	rm -rf _build build dist .pytest_cache .hypothesis .ruff_cache .benchmarks *.egg-info
