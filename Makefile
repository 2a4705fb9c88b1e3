# Needs Python 3.11 or later and make; everything else is installed into folders of this checkout.
PYTHON ?= python3
WITH_PIP = -m pip --quiet --disable-pip-version-check --no-input

.PHONY: demo test browser formats site spark check lock clean

# Install the package and check a worked example.
demo: .venv-demo/done
	.venv-demo/bin/mscos check examples/safe-house/evaluation.toml

# Pass the tests.
test: .venv/done-test
	.venv/bin/python -m pytest --numprocesses auto --dist worksteal

# Pass the tests that need Debian's Chromium and node: pages as people see them.
browser: .venv/done-browser
	npm ci --silent --prefix tests/browser
	MSCOS_BROWSER=1 .venv/bin/python -m pytest --numprocesses auto tests/browser

# Build the manual as a site, and look at it in Debian's Chromium.
site: .venv/done-site
	.venv/bin/python tools/manual.py
	npm ci --silent --prefix tests/browser
	MSCOS_SITE=1 .venv/bin/python -m pytest --numprocesses auto tests/site

# Pass the tests that ask other tools whether they can read what we write.
formats: .venv/done-formats
	MSCOS_FORMATS=1 .venv/bin/python -m pytest --numprocesses auto tests/formats

# Pass the tests that need Java: the same profile on a local Spark.
spark: .venv/done-spark
	MSCOS_SPARK=1 .venv/bin/python -m pytest tests/spark

# What CI runs beside the tests: style, types, generated files.
check: .venv/done-dev
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/python tools/generate.py --check

# Bring the lock files up to date with pyproject.toml.
lock: .venv/done-dev
	for group in demo:build test:test dev:dev browser:browser formats:formats site:site spark:spark; do \
	  .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	    pyproject.toml --group $${group#*:} --output-file requirements/$${group%:*}.txt; done

clean:
	rm -rf .venv .venv-demo build dist

.venv-demo/done: requirements/demo.txt pyproject.toml
	$(call environment,.venv-demo,demo)

.venv/done-test: requirements/test.txt pyproject.toml
	$(call environment,.venv,test)

.venv/done-dev: requirements/dev.txt pyproject.toml
	$(call environment,.venv,dev)

.venv/done-browser: requirements/browser.txt pyproject.toml
	$(call environment,.venv,browser)

.venv/done-formats: requirements/formats.txt pyproject.toml
	$(call environment,.venv,formats)

.venv/done-site: requirements/site.txt pyproject.toml
	$(call environment,.venv,site)

.venv/done-spark: requirements/spark.txt pyproject.toml
	$(call environment,.venv,spark)

# Build an environment $(1) with the pinned packages of requirements/$(2).txt and the checkout itself.
define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "mscos needs Python 3.11 or later; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	test -x $(1)/bin/python || $(PYTHON) -m venv $(1)
	$(1)/bin/python $(WITH_PIP) install --require-hashes --requirement requirements/$(2).txt
	$(1)/bin/python $(WITH_PIP) install --no-build-isolation --no-deps --editable .
	touch $@
endef
