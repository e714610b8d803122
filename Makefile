# The commands of this project. It needs Python 3.11 or newer and make; everything else is fetched by `make setup`
# into .venv and .tools, inside this folder, through pip's own settings for where packages come from.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

# The first interpreter that is new enough; say `make setup PYTHON=/path/to/python` for another.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; exit; }; done; \
	echo python3)
UV_VERSION ?= 0.13.8
ARGS ?=
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
VENV_PYTHON := $(BIN)/python
READY := $(VENV)/.ready
UV_DIR := .tools/uv-$(UV_VERSION)
UV := $(UV_DIR)/bin/uv

# An environment whose interpreter is gone is made and filled anew.
$(shell [ -x $(VENV_PYTHON) ] || rm -f $(READY))

# Only what is there: mypy and ruff object to a folder that is not.
CODE := $(wildcard sim benchmarks tests)
STUDY := results/obligatory-or-voluntary
DESIGNS := voluntary obligatory obligatory_mild obligatory_robek
# The questions whose conditions come along: as ASKED in sim/conditions/kept.py.
PAIRS := obligatory-voluntary obligatory_robek-obligatory longer_implementation-voluntary draw_larger-voluntary \
	draw_size_floor-voluntary system_2026-voluntary voluntary-no_follow_up voluntary-no_decentralised \
	forum_without_leader-voluntary

# uv must use the interpreter it is given, and never fetch one.
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# uv, unlike pip, leaves bytecode to the first import; without it each import takes three times as long, every time.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# uv does not read pip's settings. This runs it with the index, certificates and so on that pip is set to use here,
# read from `pip config list` at the moment of running and written nowhere. Locking asks the main index alone:
# an additional one may hold only some of a release's files, and the lock should have the hashes of all.
define RUN_UV
import ast, os, subprocess, sys

listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
settings = {}
for kind in ("global", "install", ":env:"):  # the later wins, as in pip
    for line in listed.stdout.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if section == kind:
            settings[key] = " ".join(ast.literal_eval(value).split())

uv, *arguments = sys.argv[1:]
locking = "compile" in arguments
wanted = {"UV_DEFAULT_INDEX": settings.get("index-url"), "UV_INSECURE_HOST": settings.get("trusted-host")}
if not locking:
    wanted["UV_INDEX"] = settings.get("extra-index-url")
    wanted["UV_FIND_LINKS"] = ",".join(settings.get("find-links", "").split())
    wanted["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip does; the hashes of the lock keep it safe
wanted["SSL_CERT_FILE"] = settings.get("cert")
wanted["HTTPS_PROXY"] = settings.get("proxy")
if settings.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
    wanted["UV_NO_INDEX"] = "1"
if settings.get("timeout") or settings.get("default-timeout"):
    wanted["UV_HTTP_TIMEOUT"] = settings.get("timeout") or settings.get("default-timeout")
for name, value in wanted.items():
    if value:
        os.environ.setdefault(name, value)
os.execv(uv, [uv, *arguments])
endef
export RUN_UV

.PHONY: help setup compare calibrate atlas conditions page test test-slow test-notebooks test-browser fuzz attack lint format types pytest wheel bench check-draw check-claims docs docs-tables lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "Settings: PYTHON=an interpreter, ARGS=further arguments (compare, bench, test, lock), WORKERS=test processes"

setup: $(READY) ## make .venv with everything pinned in requirements.lock, and this project in it

compare: $(READY) ## set up and run the main study: obligatory or voluntary? (ARGS= is passed on)
	$(BIN)/kompetansesim compare $(DESIGNS) --out $(STUDY) $(ARGS)

calibrate: $(READY) ## fit the model to the evaluations from scratch; goes on where it was (ARGS= is passed on)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/kompetansesim calibrate $(ARGS)

atlas: $(READY) ## make results/atlas anew: all designs in the same worlds, what the page answers from (ARGS= is passed on)
	$(BIN)/kompetansesim atlas --out results/atlas $(ARGS)

conditions: $(READY) ## make results/conditions anew: on what conditions is one design better? (ARGS= is passed on)
	for pair in $(PAIRS); do \
		$(BIN)/kompetansesim conditions $${pair%-*} $${pair#*-} --out results/conditions/$$pair $(ARGS) || exit 1; \
	done
	$(BIN)/kompetansesim sweep is_obligation_worth_it --keep results/conditions/is_obligation_worth_it.json

page: $(READY) ## set up and serve the web page (ARGS= is passed on)
	$(BIN)/kompetansesim page $(ARGS)

test: lint types pytest ## lint, format check, types and the quick tests: what CI runs

pytest: $(READY) ## the quick tests alone (ARGS= is passed on)
	MPLBACKEND=Agg OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
		$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-slow: $(READY) ## the slow tests (ARGS= is passed on)
	MPLBACKEND=Agg OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
		$(BIN)/pytest -n $(WORKERS) --dist worksteal -m slow $(ARGS)

test-notebooks: $(READY) ## run every notebook from top to bottom, some of them in Jupyter (ARGS= is passed on)
	MPLBACKEND=Agg OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
		$(BIN)/pytest -n $(WORKERS) --dist worksteal -m slow tests/notebooks --durations 10 $(ARGS)

test-browser: $(READY) ## the tests in a browser; they need Debian's chromium (ARGS= is passed on)
	MPLBACKEND=Agg OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
		$(BIN)/pytest -n 0 -m browser $(ARGS)

fuzz: $(READY) ## read mutilated scenario, experiment and register files for an hour (ARGS="--seconds 60" for a minute)
	MPLBACKEND=Agg OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.fuzz --seconds 3600 $(ARGS)

attack: $(READY) ## kill studies, fill disks, damage results, send odd commands and requests for ten minutes (ARGS="--seconds 60")
	MPLBACKEND=Agg OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.attack --seconds 600 $(ARGS)

lint: $(READY) ## lint and check the format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(READY) ## format, and mend what the linter can mend
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

types: $(READY) ## check the types
	$(BIN)/mypy $(CODE)

check-draw: $(READY) ## hold the country and its draw against published figures; writes docs/country.md
	$(BIN)/kompetansesim check draw --out results/check-draw $(ARGS)
	cp results/check-draw/country.md docs/country.md

check-claims: $(READY) ## play what sources claim; writes docs/claims-played.md, and from it docs/reference/claims.md
	$(BIN)/kompetansesim check claims --out results/check-claims $(ARGS)
	cp results/check-claims/claims-played.md docs/claims-played.md
	cp results/check-claims/played.csv sim/reference/data/played.csv
	$(BIN)/kompetansesim docs-tables

bench: $(READY) ## run the benchmarks (ARGS= is passed on)
	$(BIN)/python -m benchmarks $(ARGS)

docs: $(READY) ## build the documentation site into site/, warnings being errors; open site/index.html
	$(BIN)/python docs/make_gallery.py
	$(BIN)/sphinx-build -q -W --keep-going -b html -c docs . site

docs-tables: $(READY) ## write the generated tables of docs/ anew
	$(BIN)/kompetansesim docs-tables $(ARGS)

wheel: $(READY) ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

lock: $(UV) ## make requirements.lock anew; pins stay unless ARGS=--upgrade
	$(VENV_PYTHON) -c "$$RUN_UV" $(UV) pip compile pyproject.toml --group dev --output-file requirements.lock \
		--quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(ARGS)

clean: ## remove the environment, tools, caches and build outputs (results/ stays)
	rm -rf $(VENV) .tools build dist site docs/gallery docs/gallery.md .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- how the environment is made ---

$(VENV_PYTHON):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "This project needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo not there)." >&2; \
		echo "Name one with: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

# No uv is no failure: pip then does its work, more slowly.
$(UV): | $(VENV_PYTHON)
	-$(VENV_PYTHON) -m pip install -qq --only-binary :all: --upgrade --target $(UV_DIR) uv==$(UV_VERSION)

# The project goes in without its dependencies (the lock has brought them) and without build isolation (the lock has
# brought hatchling), so the second install asks no index.
# The trial at the end has all that a first study needs compiled, where no bytecode is written later (as in many containers).
$(READY): requirements.lock pyproject.toml | $(VENV_PYTHON) $(UV)
	@if [ -x $(UV) ] && \
		$(VENV_PYTHON) -c "$$RUN_UV" $(UV) pip install --quiet --python $(VENV_PYTHON) \
			--require-hashes -r requirements.lock && \
		$(UV) pip install --quiet --python $(VENV_PYTHON) --offline --no-deps --no-build-isolation -e .; \
	then echo "Set up with uv."; \
	else \
		echo "uv is not to be had or failed; installing with pip, which takes some minutes." >&2; \
		$(VENV_PYTHON) -m pip install -qq --require-hashes -r requirements.lock && \
		$(VENV_PYTHON) -m pip install --quiet --no-index --no-deps --no-build-isolation -e . && \
		echo "Set up with pip."; \
	fi
	@$(VENV_PYTHON) -c 'import sim.model; from sim.rules.warming import warm; warm()'
	@trial=$$(mktemp -d) && $(BIN)/kompetansesim compare voluntary obligatory --scale 0.02 --worlds 1 --out $$trial/study \
		>/dev/null 2>&1; rm -rf $$trial
	@touch $(READY)
