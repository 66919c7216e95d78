# make book   build the site into _build/html     make serve  look at it on http://localhost:8000
# make test   run every test                      make lab    open the chapters as notebooks
# make pdf    print the book into one PDF         make bench  measure speed and size
# make clean  remove everything that was made

PYTHON ?= python3
BIN := .venv/bin
LABCONFIG := .venv/etc/jupyter/labconfig/default_setting_overrides.json
KATEX := book/_ext/katex/node_modules/.package-lock.json

AXE := tests/browser/node_modules/.package-lock.json
NPM_CI := PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

.PHONY: book test serve lab pdf bench clean
.DELETE_ON_ERROR:

book: .venv/book $(KATEX)
	rm -rf _build
	$(BIN)/jupyter-book build . -W --keep-going -n
	@echo "Open _build/html/index.html"

test: .venv/tests $(KATEX) $(AXE)
	$(BIN)/python -m pytest tests

serve:
	@test -f _build/html/index.html || { echo "Nothing to serve yet: run 'make book' first."; exit 1; }
	$(PYTHON) -m http.server 8000 --bind 127.0.0.1 --directory _build/html

lab: .venv/book
	$(BIN)/jupyter lab book/intro.md

pdf: .venv/book $(KATEX)
	$(BIN)/jupyter-book build . --builder singlehtml -W --keep-going -n
	$(BIN)/python book/_ext/print_pdf.py _build/singlehtml _build/book.pdf

bench: .venv/tests
	for script in tests/benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

clean:
	rm -rf _build .venv book/_ext/katex/node_modules tests/browser/node_modules

.venv/book: requirements.txt book/constraints.txt book/pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "This book needs Python 3.11 to 3.13, and $(PYTHON) is %d.%d. Say which one to use: make PYTHON=python3.12" % v)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	$(BIN)/jupytext-config --settings-file $(LABCONFIG) set-default-viewer markdown myst >/dev/null
	@touch $@

.venv/tests: .venv/book tests/requirements.txt
	$(BIN)/python -m pip install --quiet --requirement tests/requirements.txt
	@touch $@

$(KATEX): book/_ext/katex/package.json book/_ext/katex/package-lock.json | .venv/book
	cd book/_ext/katex && $(NPM_CI)
	@touch $@

$(AXE): tests/browser/package.json tests/browser/package-lock.json | .venv/book
	cd tests/browser && $(NPM_CI)
	@touch $@
