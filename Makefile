# Two commands do it all on a bare Debian or Ubuntu: `make run` opens the program, `make test` checks it.

PYTHON ?= python3
# Which ONNX Runtime to install: auto (by the GPU of this machine), cpu or gpu.
RUNTIME ?= auto
# More options for pytest, as in: make test PYTEST_ARGS="tests/unit -k shape"
PYTEST_ARGS ?=
# How many processes test at once: one more than there are cores, since tests wait for windows and programs that they start,
# and at most four, since each opens windows and loads models.
TEST_PROCESSES ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))

export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test test-heavy lint clean ready ready-for-tests check

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ready ## Install what is missing and open the window on the bundled samples
	@.venv/bin/python scripts/setup/start.py

test: ready-for-tests ## Install what is missing, check style, types and layers, and run all tests
	@$(MAKE) --no-print-directory check
	@if [ -z "$$ANYLABELING_TEST_DATA" ] && [ -d ../shared/data ]; then \
		ANYLABELING_TEST_DATA=$$(cd ../shared/data && pwd); export ANYLABELING_TEST_DATA; \
	fi; \
	.venv/bin/python -m pytest -n $(TEST_PROCESSES) --maxprocesses 4 --dist loadfile $(PYTEST_ARGS)

test-heavy: ready-for-tests ## Test PyTorch and TensorRT for RTX too, in an environment of their own (7 GB)
	@scripts/setup/run_heavy_tests.sh

lint: ready-for-tests ## Check style, types and layers only
	@$(MAKE) --no-print-directory check

clean: ## Remove the environment and all caches; run-output, which may hold your labels, stays
	rm -rf .venv .venv-heavy build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find anylabeling scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

ready:
	@scripts/setup/install_system.sh
	@$(PYTHON) scripts/setup/prepare_venv.py --runtime $(RUNTIME)
	@scripts/setup/build_rust.sh
	@scripts/setup/build_extensions.sh

ready-for-tests:
	@scripts/setup/install_system.sh --tests
	@$(PYTHON) scripts/setup/prepare_venv.py --runtime $(RUNTIME) --dev
	@scripts/setup/build_rust.sh
	@scripts/setup/build_extensions.sh

check:
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy -p anylabeling
	@.venv/bin/mypy scripts/setup
	@.venv/bin/lint-imports
