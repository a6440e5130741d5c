# The same verbs by hand and in CI. `make ask` and `make test` need nothing but Python 3.11 to 3.13; `make help` lists them.

# `python3` if it is new enough, else the newest one that has a name of its own.
FOUND := $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$python && break; \
	done)
PYTHON := $(FOUND)
# Another Python, as in `make test PYTHON=python3.13`, has an environment of its own beside `.venv`.
version = $(shell $(1) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
VENV := .venv$(if $(filter-out $(FOUND),$(PYTHON)),$(addprefix -,$(filter-out $(call version,$(FOUND)),$(call version,$(PYTHON)))))
BIN := $(VENV)/bin
# Whatever is installed is compiled as it is used: compiling all of it takes as long as fetching it.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --no-compile

Q := What triggered the protests?
# The question as it was typed: make must not read a `$$` in it.
export QUESTION := $(value Q)
unexport Q
MAKEOVERRIDES :=

.PHONY: help ask wheel quick test docs package soak bench eval eval-statements lint format lock lowest highest clean

define HELP
make ask [Q="How many planes?"]   set everything up in $(VENV), then ask
make wheel                        build dist/*.whl, for pipx or uv
make clean                        delete environments, builds and caches

For changes, with PyTorch and the test tools in $(VENV):
make format lint                  put the code in order; check it
make quick                        the checks and the quick tests
make test                         all tests
make docs                         build the documentation as a site, in build/docs
make package                      build the wheel, and test it in an environment of its own

docs/contributing.md tells of the others.
endef
export HELP

help:
	@echo "$$HELP"

ask: $(VENV)/installed
	@printf '$$ pullquote ask "%s"\n' "$$QUESTION"
	@$(BIN)/pullquote ask -- "$$QUESTION" || [ $$? -eq 1 ]  # 1 is an answer too: the document does not say

# Tests wait for the disk longer than for anything else: what they write lies in memory where there are 4 GB of it, and
# goes when they pass. PyTorch's threads would wait for each other by spinning.
MEMORY := /dev/shm
ROOM = $(if $(MEMORY),$(shell df -kP $(MEMORY) 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "yes" }'))
PYTEST = OMP_NUM_THREADS=1 $(if $(ROOM),PYTEST_DEBUG_TEMPROOT=$(MEMORY)) \
	$(BIN)/python -m pytest $(if $(ROOM),-o tmp_path_retention_policy=failed)

# What there is to know after a small change, within two minutes: whatever starts no program and no server.
quick: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PROFILE=quick $(PYTEST) --numprocesses 2 --dist worksteal

# Four at a time, also on two processors, since many tests wait for other programs. PROFILE=ci tries properties with more
# examples, and adds the doubles' own tests.
test: $(VENV)/installed-dev
	$(PYTEST) --numprocesses 4 --dist worksteal

# The pages of docs/ as a site. Every warning is an error: a link that leads nowhere, a page that docs/index.md leaves out,
# a docstring that cannot be read.
docs: $(VENV)-docs/installed
	$(VENV)-docs/bin/python -m sphinx --quiet --jobs 2 --fail-on-warning --keep-going docs build/docs
	@echo "Open build/docs/index.html."

# What is published, built into dist/: the wheel, and the source distribution that it is made from.
wheel: $(VENV)-wheel/installed
	@$(VENV)-wheel/bin/python -m tests.package.distributions

# Both are built in the same way and looked into, and the wheel is tried in an environment of its own, outside this folder.
package: $(VENV)/installed-dev
	$(PYTEST) -m package tests/package

# Kills, readers beside a writer, snapshots, and properties with many examples. CORPUS, if given, is a folder of text
# files that is indexed, killed and asked besides, with the real model.
CORPUS :=
QUESTIONS :=
soak: $(VENV)/installed-dev
	$(PYTEST) -m soak -s tests/soak
	PROFILE=soak $(PYTEST) -m hypothesis --numprocesses 2 --dist worksteal
	$(if $(CORPUS),$(BIN)/python -m tests.soak.articles "$(CORPUS)" $(if $(QUESTIONS),"$(QUESTIONS)"))

# Pullquote and the plain LangChain pipeline side by side, for about half an hour. CORPUS is a folder of text files,
# QUESTIONS, if given, one of questions in SQuAD's format. Rewrites the marked tables and the plot of docs/benchmarks.md.
# With WHOLE=yes the plain pipeline indexes all of CORPUS, too, which it takes some ten minutes for two million words.
# With ONLY_PDF=yes it measures how fast PDF files are read and indexed, and nothing else; with ONLY_BOT=yes the Discord
# bot: its first answer, and its memory.
WHOLE :=
ONLY_PDF :=
ONLY_BOT :=
bench: $(VENV)/installed-bench
	@test -n "$(CORPUS)" || { echo "Name a folder of text files: make bench CORPUS=FOLDER" >&2; exit 2; }
	$(BIN)/python -m tests.benchmarks "$(CORPUS)" $(if $(QUESTIONS),--questions "$(QUESTIONS)") $(if $(WHOLE),--whole) $(if $(ONLY_PDF),--only-pdf) $(if $(ONLY_BOT),--only-bot) --write docs/benchmarks.md

# 50 people in 10 servers ask the Discord bot at once while it indexes a document of 100 pages, RUNS times; prints how long
# they waited.
RUNS := 3
.PHONY: load
load: $(VENV)/installed-dev
	$(BIN)/python -m tests.discord.load --runs $(RUNS)

# A real chat model on this machine answers 60 questions: an hour or two on two cores, and a minute when it runs again,
# since the model's words are kept in evaluation/chat. MODEL is a file in GGUF; without it, one of 1.1 GB is fetched into
# the user's cache. Rewrites the marked table in docs/chat-models.md. `python -m tests.chat_evaluation --help` says more.
MODEL :=
.PHONY: eval-chat
eval-chat: $(VENV)/installed-dev $(VENV)-llama/installed
	$(BIN)/python -m tests.chat_evaluation $(if $(MODEL),--model "$(MODEL)") --python $(VENV)-llama/bin/python \
		--replies evaluation/chat/replies.jsonl --out evaluation/chat --write docs/chat-models.md

# DATA is a folder of questions (SQuAD's .json, or .jsonl); LIBRARY, if there is one, a folder of documents that the
# timed library holds besides. Rewrites the marked tables in docs/measurements.md and both of its plots.
DATA :=
LIBRARY := $(firstword $(wildcard $(DATA)/articles $(DATA)/../articles))
eval: $(VENV)/installed-dev
	@test -n "$(DATA)" || { echo "Name the folder that holds the questions: make eval DATA=FOLDER" >&2; exit 2; }
	$(BIN)/python -m bot.evaluation "$(DATA)" --unseen $(if $(LIBRARY),--library "$(LIBRARY)") --out evaluation --write docs/measurements.md
	cp evaluation/risk-coverage.svg evaluation/reliability.svg docs/

# How often the check of a chat model's statements errs. Rewrites the marked tables of docs/chat-models.md and its plot.
eval-statements: $(VENV)/installed-dev
	$(BIN)/python -m tests.statement_evaluation --write docs/chat-models.md

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Pullquote needs Python 3.11, 3.12 or 3.13; install one and try again." >&2; exit 2; }
	@echo "Setting up $(VENV), once; how long it takes depends on the download (see the README)."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv $(VENV)
	@echo "  1 of 2: the pinned dependencies …"
	@# Older ones, as Python brings them, take twice as long to find a hundred packages.
	@$(INSTALL) --upgrade 'pip>=26'
	@# All that is needed is pinned (tests/test_locks.py), so that there is nothing to resolve.
	@$(INSTALL) --no-deps -r requirements.lock
	@echo "  2 of 2: Pullquote itself …"
	@# As a line in a .pth file, which type checkers read, too; they cannot follow an import hook.
	@# The second --quiet: setuptools warns that it may drop that.
	@$(INSTALL) --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
	@touch $@

# torch comes first, and with what its build needs: CUDA's packages, but for the one for processors alone.
$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "Adding what the tests and checks need: PyTorch …"
	@$(INSTALL) "$$(grep '^torch==' requirements-dev.lock)"
	@echo "… and the rest …"
	@$(INSTALL) --no-deps -r requirements-dev.lock
	@touch $@

# One of them asks for an older version of a package than the others; what they need is all there.
$(VENV)/installed-bench: $(VENV)/installed-dev requirements-bench.lock
	@$(INSTALL) --no-deps -r requirements-bench.lock
	@touch $@

# An environment of its own, since Sphinx needs an older docutils than Pullquote is locked to. All else, and the modules
# that the API reference is made of, come from the other environment.
$(VENV)-docs/installed: $(VENV)/installed-dev requirements-docs.lock
	@"$(PYTHON)" -m venv $(VENV)-docs
	@$(VENV)-docs/bin/python -m pip --disable-pip-version-check --quiet install --no-compile --no-deps -r requirements-docs.lock
	@$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> "$$($(VENV)-docs/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/pullquote-environment.pth"
	@touch $@

# An environment of its own, since the wheel needs nothing that Pullquote runs on.
$(VENV)-wheel/installed: requirements.lock
	@test -n "$(PYTHON)" || { echo "Pullquote needs Python 3.11, 3.12 or 3.13; install one and try again." >&2; exit 2; }
	@"$(PYTHON)" -m venv $(VENV)-wheel
	@$(VENV)-wheel/bin/python -m pip --disable-pip-version-check --quiet install --no-compile \
		$$(grep -E '^(build|packaging|pyproject_hooks|setuptools)==' requirements.lock)
	@touch $@

# llama.cpp's server has an environment of its own, since Pullquote speaks to it over a socket.
$(VENV)-llama/installed:
	"$(PYTHON)" -m venv $(VENV)-llama
	$(VENV)-llama/bin/python -m pip --disable-pip-version-check --quiet install xllamacpp==2026.10.11549
	@touch $@

# Resolves the ranges in pyproject.toml afresh and writes down what came of it. discord.py wants audioop-lts from Python
# 3.13 on, and an older one installs none; tests/test_locks.py finds out when there is more of the kind.
lock: LOCKING := $(VENV)-lock/bin/python -m pip --disable-pip-version-check --quiet
lock: FREEZE := $(VENV)-lock/bin/python -m pip freeze --all --exclude-editable --exclude pip | sed 's/+cpu$$//; /^audioop-lts/d'
lock:
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(LOCKING) install --upgrade pip
	$(LOCKING) install --editable . setuptools
	$(FREEZE) > requirements.lock
	$(LOCKING) download --no-deps --only-binary :all: --python-version 3.13 --dest $(VENV)-lock/later audioop-lts
	ls $(VENV)-lock/later | sed -E 's/audioop_lts-([^-]+).*/audioop-lts==\1; python_version >= "3.13"/' >> requirements.lock
	$(LOCKING) install torch==2.13.0
	$(LOCKING) install --group dev
	$(FREEZE) | grep -vxFf requirements.lock > requirements-dev.lock
	$(LOCKING) install --group docs
	$(FREEZE) | grep -vxFf requirements.lock | grep -vxFf requirements-dev.lock > requirements-docs.lock
	rm -rf $(VENV)-lock

# The pictures in docs/, drawn from today's program; NAMES may name some. Needs a browser and fonts besides, on Debian
# `apt-get install chromium fonts-inter fonts-noto-core fonts-noto-color-emoji`.
NAMES :=
.PHONY: pictures
pictures: $(VENV)/installed-dev
	$(BIN)/python -m tests.discord.pictures $(NAMES)
	$(if $(NAMES),,$(BIN)/python -m tests.bot.web_page.picture)

# The suite with the lowest versions that pyproject.toml allows, and with the highest, each in an environment of its own;
# of the extras, too. PyTorch and the test tools stay those of the locks; uv resolves, which pip cannot do downwards.
# TESTS may name some.
EXTRAS := eval mcp models openai serve train
lowest highest: OTHERS = awk -F== '{ name = tolower($$1); gsub("_", "-", name) } NR == FNR { found[name]; next } !(name in found)'
lowest highest: OWN = $(VENV)-$@
lowest highest:
	$(PYTHON) -m venv $(OWN)
	grep '^torch==' requirements-dev.lock > $(OWN)/torch.txt
	$(OWN)/bin/python -m pip --quiet install uv -r $(OWN)/torch.txt
	$(OWN)/bin/uv pip compile --quiet --no-header --no-annotate --python $(OWN)/bin/python --override $(OWN)/torch.txt \
		--resolution $(if $(filter lowest,$@),lowest-direct,highest) $(EXTRAS:%=--extra %) pyproject.toml > $(OWN)/resolved.txt
	grep -vE '^(torch|triton|nvidia-.*|cuda-.*)==' $(OWN)/resolved.txt > $(OWN)/versions.txt
	$(OTHERS) $(OWN)/resolved.txt requirements-dev.lock > $(OWN)/tools.txt
	$(OWN)/bin/uv pip install --quiet --python $(OWN)/bin/python --no-deps -r $(OWN)/versions.txt -r $(OWN)/tools.txt setuptools
	$(OWN)/bin/uv pip install --quiet --python $(OWN)/bin/python --no-deps --no-build-isolation --editable .
	$(subst $(BIN)/python,$(OWN)/bin/python,$(PYTEST)) --numprocesses 4 --dist worksteal $(TESTS)

clean:
	rm -rf .venv .venv-* build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
