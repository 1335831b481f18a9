# Every task in this checkout, by name; `make` alone lists them.
# The work is done by scripts in tools/, so that each step can be read and run on its own.

.DEFAULT_GOAL := help
BIN := .venv/bin

# Only HOST and PORT on the command line count: some shells and hosts export variables of these names.
address = $(if $(findstring command,$(origin HOST)),--host $(HOST)) $(if $(findstring command,$(origin PORT)),--port $(PORT))

.PHONY: help
help: ## list these targets
	@echo 'Variorum lays two articles side by side and marks what drifted between them.'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'To start: make run, then open the address that it prints. It needs Python 3.11 or newer;'
	@echo 'if there are several, PYTHON=/path/to/python3 chooses one.'

.PHONY: run
run: ## set everything up and serve on http://127.0.0.1:8000 (HOST=... and PORT=... change the address)
	@sh tools/environment.sh run
	@exec $(BIN)/python -m app serve $(address)

.PHONY: spark
spark: ## install what variorum-archive needs: Java from the system's packages, and Apache Spark, 750 MB in .venv
	@sh tools/environment.sh run
	@CI=1 sh tools/spark.sh

.PHONY: test
test: ## check style, types and import rules, and run every test, in real Chromium and on PostgreSQL too
	@sh tools/environment.sh dev
	@sh tools/chromium.sh
	@sh tools/postgresql.sh
	@sh tools/proxies.sh
	@sh tools/spark.sh
	@sh tools/check.sh
	@exec $(BIN)/python -m pytest -n $(or $(JOBS),2)

.PHONY: check
check: ## check style, types and import rules only
	@sh tools/environment.sh dev
	@sh tools/check.sh

.PHONY: quality
quality: ## measure rows and marked words on labelled texts against pinned floors (a few seconds)
	@sh tools/environment.sh dev
	@$(BIN)/python -m tests.quality

.PHONY: bench
bench: ## measure speed next to difflib, diff-match-patch and CollateX, and of pages next to bare Starlette (a few minutes)
	@sh tools/environment.sh bench
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.pages
	@$(BIN)/python -m bench.library.search --articles 5000
	@$(BIN)/python -m bench.history
	@$(BIN)/python -m bench.exports

.PHONY: bench-docs
bench-docs: ## run bench and write its tables to docs/performance.md
	@sh tools/environment.sh bench
	@$(BIN)/python -m bench --write docs/performance.md

.PHONY: bench-library
bench-library: ## measure how well copies are found as a library grows (ARTICLES=..., KEEP=folder, DATABASE=...)
	@sh tools/environment.sh bench
	@$(BIN)/python -m bench.library.__main__ --keep $(or $(KEEP),data/bench) $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(DATABASE),--database $(DATABASE))

.PHONY: bench-archive
bench-archive: ## measure all pairs of made-up archives on Spark (ARTICLES=..., KEEP=folder, MASTER=local[2])
	@sh tools/environment.sh bench
	@CI=1 sh tools/spark.sh
	@$(BIN)/python -m bench.archive --keep $(or $(KEEP),data/bench) $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(MASTER),--master $(MASTER))

.PHONY: attack
attack: ## try hostile texts, hostile requests and kills, ten minutes (MINUTES=..., SEED=...; FULL=1: whole numbers, resumable)
	@sh tools/environment.sh dev
	@$(BIN)/python -m bench.attack $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED)) $(if $(FULL),--full --keep data/attack.jsonl)

.PHONY: quality-page
quality-page: ## rewrite docs/quality.md, measured precision and recall; SETS="FILE ..." adds labelled sets (two minutes)
	@sh tools/environment.sh dev
	@$(BIN)/python -m tools.quality_page $(SETS)

.PHONY: api-check
api-check: ## check the API with schemathesis, over 5,000 requests, ten minutes (CALLS=..., SEED=...)
	@sh tools/environment.sh dev
	@CALLS=$(CALLS) SEED=$(SEED) sh tools/api_check.sh

.PHONY: findings-page
findings-page: ## rewrite docs/findings.md, what each kind of finding looks for, from the rules
	@sh tools/environment.sh dev
	@$(BIN)/python -m tools.findings_page

.PHONY: fuzz
fuzz: ## run 100,000 random pairs through the collation core, five minutes (PAIRS=..., SEED=...)
	@sh tools/environment.sh dev
	@$(BIN)/python -m bench.fuzz $(if $(PAIRS),--pairs $(PAIRS)) $(if $(SEED),--seed $(SEED))

.PHONY: rooms
rooms: ## print what app/ looks like: rooms, modules, lines, imports between rooms
	@sh tools/environment.sh dev
	@$(BIN)/python tools/rooms.py

.PHONY: every-target
every-target: ## run each of these but test once on a fresh clone, and name what fails (half an hour)
	@sh tools/every_target.sh

.PHONY: screenshots
screenshots: ## retake the pictures in docs/screenshots/
	@sh tools/environment.sh dev
	@sh tools/chromium.sh
	@$(BIN)/python tools/screenshots.py

.PHONY: package
package: ## build the wheel and the source archive into dist/
	@sh tools/environment.sh dev
	@$(BIN)/python -m build --no-isolation

.PHONY: constraints
constraints: ## pin the newest releases in constraints.txt, and check that each has wheels
	@sh tools/constraints.sh
