# The commands the README promises. Each does all the set-up that it needs.
PY := .venv/bin/python

.PHONY: help setup demo test gate shots bench bundle packages campaign catalogue clean

help:  ## these words
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## .venv and the system libraries of Qt
	@installers/setup.sh run

demo: setup  ## the window, signed in to the demo operator
	@$(PY) -m selfcare demo

test:  ## set-up and the whole gate
	@installers/setup.sh test
	@$(MAKE) --no-print-directory gate

gate:
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile --max-worker-restart 0

shots:  ## every page as a PNG, in build/shots
	@installers/setup.sh test
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.shots

bench:  ## the measured table, in build/bench.json
	@installers/setup.sh test
	$(PY) -m tests.bench

bundle:  ## a folder that runs without Python, in build/bundle
	@installers/setup.sh test
	installers/bundle.sh

packages:  ## .deb, .rpm and the portable archive, in build/packages, from the bundle
	@installers/setup.sh test
	installers/packages.sh
	@if command -v makensis >/dev/null; then installers/windows/setup_exe.sh --try; fi

campaign:  ## the long tests that the gate leaves out
	@installers/setup.sh test
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -m campaign

catalogue:  ## collect the sentences again and compile the catalogues
	$(PY) -m tests.catalogue

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
