# Everything a person does here, by name; `make` alone lists it.
# The work itself is in tools/, so that each step can be read and run on its own.

.DEFAULT_GOAL := help
BIN := .venv/bin

# Only what stands on the command line counts: shells and hosts export a HOST or PORT of their own.
address = $(if $(findstring command,$(origin HOST)),--host $(HOST)) $(if $(findstring command,$(origin PORT)),--port $(PORT))

.PHONY: help
help: ## list what there is
	@echo 'Variorum lays two articles side by side and marks what drifted between them.'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'First time: make run, then open the address that it prints. Python 3.11 or newer is needed;'
	@echo 'PYTHON=/path/to/python3 says which, if there are several.'

.PHONY: run
run: ## set everything up and serve on http://127.0.0.1:8000 (HOST=... PORT=... change that)
	@sh tools/environment.sh run
	@exec $(BIN)/python -m app serve $(address)

.PHONY: test
test: ## set up, check style, types and import rules, and run every test, real Chromium and PostgreSQL included
	@sh tools/environment.sh dev
	@sh tools/chromium.sh
	@sh tools/postgresql.sh
	@sh tools/check.sh
	@exec $(BIN)/python -m pytest -n $(or $(JOBS),2)

.PHONY: check
check: ## style, types and import rules alone
	@sh tools/environment.sh dev
	@sh tools/check.sh

.PHONY: quality
quality: ## measure rows and marked words on labelled texts, against pinned floors (a few seconds)
	@sh tools/environment.sh dev
	@$(BIN)/python -m tests.quality

.PHONY: bench
bench: ## measure speed beside difflib, diff-match-patch and CollateX (some minutes)
	@sh tools/environment.sh bench
	@$(BIN)/python -m bench

.PHONY: bench-docs
bench-docs: ## the same, and write the table into docs/performance.md
	@sh tools/environment.sh bench
	@$(BIN)/python -m bench --write docs/performance.md

.PHONY: bench-library
bench-library: ## measure how copies are found as a library grows, kept in KEEP=... (ARTICLES=..., DATABASE=... change what)
	@sh tools/environment.sh bench
	@$(BIN)/python -m bench.library.__main__ --keep $(or $(KEEP),data/bench) $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(DATABASE),--database $(DATABASE))

.PHONY: attack
attack: ## hostile texts against the program, ten minutes (SEED=... changes which; FULL=1 tries all, and goes on where it stopped)
	@sh tools/environment.sh dev
	@$(BIN)/python -m bench.attack $(if $(SEED),--seed $(SEED)) $(if $(FULL),--full --keep data/attack.jsonl)

.PHONY: fuzz
fuzz: ## 100,000 random pairs through the collation core, five minutes (PAIRS=... SEED=... change that)
	@sh tools/environment.sh dev
	@$(BIN)/python -m bench.fuzz $(if $(PAIRS),--pairs $(PAIRS)) $(if $(SEED),--seed $(SEED))

.PHONY: rooms
rooms: ## print what app/ looks like: rooms, modules, lines, imports between rooms
	@sh tools/environment.sh dev
	@$(BIN)/python tools/rooms.py

.PHONY: every-target
every-target: ## run each of these once on a fresh clone, \`test\` apart, and name those that fail (half an hour)
	@sh tools/every_target.sh

.PHONY: screenshots
screenshots: ## take the pictures in docs/screenshots/ anew
	@sh tools/environment.sh dev
	@sh tools/chromium.sh
	@$(BIN)/python tools/screenshots.py

.PHONY: package
package: ## build the wheel and the source archive into dist/
	@sh tools/environment.sh dev
	@$(BIN)/python -m build --no-isolation

.PHONY: constraints
constraints: ## write constraints.txt anew from the newest releases, and check that each has wheels
	@sh tools/constraints.sh
