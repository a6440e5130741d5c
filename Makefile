# The same verbs by hand and in CI. `make ask` and `make test` need nothing but Python 3.11 to 3.13.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# `python3` if it is new enough, else the newest one that has a name of its own.
PYTHON := $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$python && break; \
	done)

Q := What triggered the protests?
# The question as it was typed: make must not read a `$$` in it.
export QUESTION := $(value Q)
unexport Q
MAKEOVERRIDES :=

.PHONY: ask test soak bench eval lint format lock clean

ask: $(VENV)/installed
	@$(BIN)/pullquote ask -- "$$QUESTION" || [ $$? -eq 1 ]  # 1 is an answer too: the document does not say

# Two at a time, since many tests wait for other programs; PyTorch's threads would wait for each other by spinning.
test: $(VENV)/installed-dev
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses 2 --dist worksteal

# Kills, readers beside a writer, generations: for about fifteen minutes. CORPUS, if given, is a folder of text files
# that is indexed, killed and asked besides, with the real model.
CORPUS :=
QUESTIONS :=
soak: $(VENV)/installed-dev
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m soak -s tests/soak
	$(if $(CORPUS),$(BIN)/python -m tests.soak.articles "$(CORPUS)" $(if $(QUESTIONS),"$(QUESTIONS)"))

# Pullquote and the plain LangChain pipeline side by side, for about half an hour. CORPUS is a folder of text files,
# QUESTIONS, if given, one of questions in SQuAD's format. Rewrites the marked tables and the plot of docs/benchmarks.md.
# With WHOLE=yes the plain pipeline indexes all of CORPUS, too, which it takes some ten minutes for two million words.
WHOLE :=
bench: $(VENV)/installed-bench
	@test -n "$(CORPUS)" || { echo "Name a folder of text files: make bench CORPUS=FOLDER" >&2; exit 2; }
	$(BIN)/python -m tests.benchmarks "$(CORPUS)" $(if $(QUESTIONS),--questions "$(QUESTIONS)") $(if $(WHOLE),--whole) --write docs/benchmarks.md

# DATA is a folder of questions (SQuAD's .json, or .jsonl); LIBRARY, if there is one, a folder of documents that the
# timed library holds besides. Rewrites the marked tables in docs/measurements.md and both of its plots.
DATA :=
LIBRARY := $(firstword $(wildcard $(DATA)/articles $(DATA)/../articles))
eval: $(VENV)/installed-dev
	@test -n "$(DATA)" || { echo "Name the folder that holds the questions: make eval DATA=FOLDER" >&2; exit 2; }
	$(BIN)/pullquote eval "$(DATA)" --unseen $(if $(LIBRARY),--library "$(LIBRARY)") --out evaluation --write docs/measurements.md
	cp evaluation/risk-coverage.svg evaluation/reliability.svg docs/

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# torch comes first and alone: where a CPU-only build is at hand, nothing else pulls in another one.
$(VENV)/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Pullquote needs Python 3.11, 3.12 or 3.13; install one and try again." >&2; exit 2; }
	@echo "Setting up $(VENV), once; how long it takes depends on the download (see the README)."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv $(VENV)
	@echo "  1 of 3: PyTorch …"
	@$(PIP) install "$$(grep '^torch==' requirements.lock)"
	@echo "  2 of 3: the other pinned dependencies, the embedding model among them …"
	@# A second --quiet: a library asks for an extra that lxml has no more, and pip says so though all is there.
	@$(PIP) --quiet install -r requirements.lock
	@echo "  3 of 3: Pullquote itself …"
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "Adding what the tests and checks need …"
	@$(PIP) install -r requirements-dev.lock
	@touch $@

# Without their dependencies, which are all there: one of them asks for an older version of a package than the others.
$(VENV)/installed-bench: $(VENV)/installed-dev requirements-bench.lock
	@$(PIP) install --no-deps -r requirements-bench.lock
	@touch $@

# Resolves the ranges in pyproject.toml afresh and writes down what came of it.
lock: LOCKING := $(VENV)-lock/bin/python -m pip --disable-pip-version-check --quiet
lock:
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(LOCKING) install --upgrade pip
	$(LOCKING) install torch==2.13.0
	$(LOCKING) install --editable . setuptools
	$(LOCKING) freeze --all --exclude-editable --exclude pip | sed 's/+cpu$$//' > requirements.lock
	$(LOCKING) install --group dev
	$(LOCKING) freeze --all --exclude-editable --exclude pip | sed 's/+cpu$$//' | grep -vxFf requirements.lock > requirements-dev.lock
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
