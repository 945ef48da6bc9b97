# One entry for everything. `make demo` to see it, `make test` to check it.
PORT ?= 8000
BIN := .venv/bin
# dozens of processes read the same modules: compiled once, also where the environment says not to keep them
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test laws lint house unit browser deep postgres bench attack fix words lock clean

help:            ## what there is
	@grep -E '^[a-z]+: .*##' Makefile | sed 's/:.*##/\t/'

demo: .venv/.runtime   ## the demo partnership on http://127.0.0.1:8000 (PORT changes it)
	@LEMNISCAAT_DEMO=1 $(BIN)/lemniscaat demo --port $(PORT)

test: export LEMNISCAAT_UNSEEN = 1
test: laws unit browser   ## what must be true before every commit: minutes
	@echo "All checks passed."

laws: .venv/.dev       ## lint and house, side by side
	@$(MAKE) --no-print-directory --output-sync=target -j2 lint house

lint: .venv/.dev       ## format, lint, types, templates, translations
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet lemniscaat
	$(BIN)/python -m scripts.words --check

house: .venv/.dev      ## the five laws
	$(BIN)/lint-imports --no-cache > var/imports.txt || (cat var/imports.txt; exit 1)
	$(BIN)/python -m pytest tests/house -n 2

# three workers on two cores: some tests wait for a clock, a server or a disk
unit: .venv/.dev       ## thinking, actions and views on SQLite
	$(BIN)/python -m pytest tests -m "not browser and not deep" --ignore tests/house --ignore tests/browser -n 3 --dist worksteal

browser: .venv/.dev    ## the stories, in a real Chromium, with pictures in var/screenshots
	@sh scripts/browser-tests "browser and not deep"

deep: export LEMNISCAAT_DEEP = 1
deep: .venv/.dev postgres   ## before it goes to others: PostgreSQL, migrations, planted faults, the longest walks
	$(BIN)/python -m pytest tests -m "(deep or hypothesis and not db) and not browser" --migrations --ignore tests/house -n 2 --dist worksteal
	@sh scripts/browser-tests "browser and deep"

postgres: .venv/.dev   ## the tests that touch the database, again on PostgreSQL
	@sh scripts/postgres-tests

bench: .venv/.dev      ## one line a figure, and var/bench.json
	@$(BIN)/python -m bench

attack: .venv/.dev     ## somebody clever against everything published
	@LEMNISCAAT_EXAMPLES=2000 $(BIN)/python -m pytest tests/collection/test_release.py tests/collection/test_segments.py
	@$(BIN)/python -m attack --worlds 300
	@$(BIN)/python -m attack.collect --worlds 40
	@$(BIN)/python -m attack.reading --seconds 60

fix: .venv/.dev        ## format and mend what a program can mend
	$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

words: .venv/.dev      ## gather the Dutch sentences and compile the English ones
	$(BIN)/python -m scripts.words

lock:                  ## renew the locked dependencies (needs uv)
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -q -U --extra documents pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -q -U --extra documents --extra dev pyproject.toml -o requirements-dev.lock

clean:                 ## throw away the environment and the demo
	rm -rf .venv var

.venv/.runtime: requirements.lock pyproject.toml scripts/prepare
	@sh scripts/prepare requirements.lock .venv/.runtime

.venv/.dev: requirements-dev.lock pyproject.toml scripts/prepare
	@sh scripts/prepare requirements-dev.lock .venv/.dev
