# make book   build the site into _build/html     make serve  look at it on http://localhost:8000
# make test   run every test                      make lab    open the chapters as notebooks
#             make test ONLY=checker runs the tests of one folder or file of tests/
# make pdf    print the book into one PDF         make slides print the site that make book left, a slide a page
# make bench  measure speed and size
# make live   make the live part of the site (part of book and test); make book LIVE=no leaves it out
# make texts  fetch the real English texts of the training chapters (part of book and test)
# make format writes every source as its formatter wants it (make test looks that it is)
# make clean  remove everything that was made

PYTHON ?= python3
BIN := .venv/bin
LABCONFIG := .venv/etc/jupyter/labconfig/default_setting_overrides.json
KATEX := book/_ext/katex/node_modules/.package-lock.json
TEXTS := book/w2v/text/english/node_modules/.package-lock.json

LIVEPART := .live/ready
LIVE ?= yes
export LIVE
WITH_LIVE := $(if $(filter no,$(LIVE)),,$(LIVEPART))

AXE := tests/browser/node_modules/.package-lock.json
NPM_CI := PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

.PHONY: texts live book test serve lab pdf slides bench format clean
.DELETE_ON_ERROR:

book: .venv/book $(KATEX) $(TEXTS) $(WITH_LIVE)
	@rm -f _build/sources
	sources=$$($(BIN)/python book/_ext/sources.py) && $(BIN)/jupyter-book build . -W --keep-going -n && echo $$sources > _build/sources
	@echo "Open _build/html/index.html"

test: .venv/tests $(KATEX) $(AXE) $(TEXTS) $(LIVEPART)
	$(BIN)/python -m pytest tests/$(ONLY) -n logical --dist worksteal

live: $(LIVEPART)

serve:
	@test -f _build/html/index.html || { echo "Nothing to serve yet: run 'make book' first."; exit 1; }
	$(PYTHON) -m http.server 8000 --bind 127.0.0.1 --directory _build/html

lab: .venv/book $(TEXTS)
	$(BIN)/jupyter lab book/intro.md

pdf: .venv/book $(KATEX) $(TEXTS)
	$(BIN)/jupyter-book build . --builder singlehtml -W --keep-going -n
	$(BIN)/python book/_ext/print_pdf.py _build/singlehtml _build/book.pdf

slides:
	@test -f _build/html/index.html || { echo "Nothing to print yet: run 'make book' first."; exit 1; }
	$(BIN)/python book/_ext/print_pdf.py --slides _build/html _build/slides

bench: .venv/tests $(LIVEPART) .venv/torch/ready
	for script in tests/benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

format: .venv/tests $(AXE)
	$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format --quiet .
	tests/browser/node_modules/.bin/biome check --write --error-on-warnings .

clean:
	rm -rf _build .live .venv tests/_build book/_ext/katex/node_modules book/w2v/text/english/node_modules tests/browser/node_modules

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

# PyTorch is a contestant of the benchmark only, so it has an environment of its own.
.venv/torch/ready: tests/benchmarks/requirements.txt | .venv/book
	$(PYTHON) -m venv .venv/torch && .venv/torch/bin/python -m pip install --quiet --requirement $< && touch $@ || echo "PyTorch could not be installed; the comparison leaves it out"

$(TEXTS): book/w2v/text/english/package.json book/w2v/text/english/package-lock.json | .venv/book
	cd book/w2v/text/english && $(NPM_CI)
	@touch $@

texts: $(TEXTS)

$(AXE): tests/browser/package.json tests/browser/package-lock.json | .venv/book
	cd tests/browser && $(NPM_CI)
	@touch $@

$(LIVEPART): .live/venv/ready book/_live/artefacts.json book/_live/jupyter-lite.json book/_live/compile_wheel.py book/_live/compile.mjs book/_live/distribution.py book/_live/lite.py
	$(BIN)/python -m _live .live
	@touch $@

.live/venv/ready: book/_live/requirements.txt | .venv/book
	@mkdir -p .live
	$(BIN)/python -m venv .live/venv
	.live/venv/bin/python -m pip install --quiet --no-deps --requirement book/_live/requirements.txt
	@touch $@
