# Short names for start.py, which does the work and runs without make too: python3 start.py demo
PYTHON ?= python3

.PHONY: help demo serve test install
help:
	@$(PYTHON) start.py --help

demo:     ## the app with the sample squad in it
	@$(PYTHON) start.py demo

serve:    ## the app with your own data
	@$(PYTHON) start.py serve

test:     ## every check and every test, browser tests included
	@$(PYTHON) start.py test

install:  ## only install into .venv
	@$(PYTHON) start.py install
