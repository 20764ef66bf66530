# SPDX-License-Identifier: Apache-2.0
# Everything a developer does, one word each. `make test` needs root and Debian for the real nodes, and sets them up.

MVN ?= mvn -B -ntp
DEB_DIR := target/deb
LAB_TESTS := $(MVN) -pl src/test -Ddeb.directory=$(CURDIR)/$(DEB_DIR)

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

host: ## install what building and the lab need (root on Debian), or say what is missing
	src/test/lab/ensure-engine

build: ## compile and package the jars
	$(MVN) -q -DskipTests -DskipITs -pl '!src/test' package

fmt: ## format the sources
	$(MVN) -q spotless:apply

check: ## unit tests, formatting, static checks, shell and manual pages; no engine needed
	$(MVN) -pl '!src/test' -DskipITs verify
	packaging/deb/check

images: host ## build the images of both kinds of nodes, when they have changed
	src/test/lab/build-image forky
	src/test/lab/build-image bullseye

it: images ## tests against one real program each (PostgreSQL, sshd, rsync, Asterisk)
	$(MVN) -pl '!src/test' verify

st: deb host ## tests on real nodes only (ONLY=FaultsST; docs/scenarios.md lists them)
	$(LAB_TESTS) verify $(if $(ONLY),-Dit.test=$(ONLY))

test: host images ## everything: unit, integration, packages, real nodes
	$(MVN) -pl '!src/test' verify
	packaging/deb/check
	packaging/deb/build
	lintian --fail-on error,warning $(DEB_DIR)/*.deb
	packaging/deb/tests/reproducible-test
	packaging/deb/tests/node-test pbx-ha-lab/node:forky pbx-ha-lab/node:bullseye
	$(LAB_TESTS) verify

deb: build ## build the Debian packages into target/deb
	packaging/deb/build

lint-deb: deb ## lintian over the packages
	lintian --fail-on error,warning $(DEB_DIR)/*.deb
	packaging/deb/tests/reproducible-test

golden: ## write the generated pages anew; review the difference
	$(MVN) -q -pl agent -am -DskipITs -Dgolden.update=true verify
	$(MVN) -q -pl src/test -Dtest=ScenarioListTest -Dgolden.update=true test

docs: golden ## the same

# Nothing of Maven on the screen, unless it fails.
SHOW = $(LAB_TESTS) -q verify -Dlab.suite=$(SUITE)

demo: deb host ## a master dies, calls go on, it comes home (SUITE=bullseye; KEEP=1 leaves the pair running)
	@$(SHOW) -Dit.test=Demo -Dlab.keep=$(if $(KEEP),true,false)

bench: deb host ## measure, print a table, write target/bench/results.json (ONLY=name-prefix RUNS=5)
	@$(SHOW) -Dit.test=Bench -Dbench.only=$(ONLY) -Dbench.runs=$(or $(RUNS),5)

ci: ## what continuous integration runs
	.ci/run

clean: ## remove what was built
	$(MVN) -q clean
	rm -rf target

include src/test/lab/lab.mk

.DEFAULT_GOAL := help
.PHONY: help host images build fmt check it st test deb lint-deb golden docs demo bench ci clean
