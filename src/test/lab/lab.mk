# SPDX-License-Identifier: Apache-2.0
# The lab's targets; included by the Makefile at the top.

SUITE ?= forky
NODE ?= master

lab-up: ## boot a pair of PBXs to play with (SUITE=forky|bullseye)
	src/test/lab/lab up $(SUITE)

lab-shell: ## a shell on a node of that pair (NODE=master|slave|phones)
	src/test/lab/lab shell $(NODE)

lab-down: ## remove that pair
	src/test/lab/lab down

.PHONY: lab-up lab-shell lab-down
