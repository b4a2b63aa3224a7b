# The only entry, for people and for CI: `make help` lists what there is.
.DEFAULT_GOAL := help
.PHONY: help run test check gate i18n bench torture fuzz lock audit shots release clean
BIN := .venv/bin

help:  ## this list
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 10

run:  ## set everything up and open the window on the sample desk
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh
	@sh resources/install/run.sh

test:  ## set everything up and run lint, types, import contracts and all tests
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh dev
	@$(MAKE) --no-print-directory gate
	$(BIN)/pytest -n 2

check:  ## the fast gate, a minute of CPU: lint, types, contracts, quick tests
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh dev
	@$(MAKE) --no-print-directory gate
	HYPOTHESIS_PROFILE=few $(BIN)/pytest tests/unit -x -m "not slow"

gate:  ## lint, types and import contracts only; nothing is set up
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

i18n:  ## collect the words of the interface, compile them; fails while one has no Russian
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh
	@$(BIN)/python resources/i18n/words.py

bench:  ## measure against the goals; a table, and build/bench.json
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh dev bench
	$(BIN)/python -m tests.benchmarks

torture:  ## kills, power cuts, failing disks, damage and server cuts; about an hour of CPU
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh dev
	nice $(BIN)/python -m tests.torture $(or $(TORTURE),--kills 10000 --replays 3000 \
	  --faults 2000 --damaged 1000 --hostile 10 --cuts 500)

fuzz:  ## random bytes for every stored format, for HOURS=1 of CPU
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh dev
	nice $(BIN)/python -m tests.torture.fuzz --hours $(or $(HOURS),1)

lock:  ## renew the versions that are installed: the newest that pyproject.toml allows
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh
	@sh resources/install/lock.sh

audit:  ## ask whether the locked packages have known vulnerabilities; fails also if it cannot
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh audit
	@$(BIN)/python resources/install/audit.py

shots:  ## pictures of the window and the page for the README
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh
	@sh resources/install/shots.sh

release:  ## check version and changelog, build wheel, sdist and bill of materials, run both
	@PYTHON="$(PYTHON)" sh resources/install/setup.sh dev
	@$(BIN)/python resources/install/release.py

clean:  ## remove what was made here: .venv and build
	rm -rf .venv build
