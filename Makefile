# ddg: see README.md.  `make` builds, `make check` tests, `make demo` shows; `make help` lists all.

VERSION = 0.1

CC ?= cc
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
BUILD ?= build
DATA ?= ../shared/data
FUZZ_SECONDS ?= 20

BINDIR = $(DESTDIR)$(PREFIX)/bin
MANDIR = $(DESTDIR)$(PREFIX)/share/man
FACTSDIR = $(DESTDIR)$(PREFIX)/share/ddg
COMPLETIONDIR = $(DESTDIR)$(PREFIX)/share/bash-completion/completions

WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wpointer-arith -Wwrite-strings
HARDENING = -D_FORTIFY_SOURCE=2 -fstack-protector-strong
override CFLAGS += -std=c17 $(WARNINGS) $(HARDENING) -fPIE $(SANITIZE)
override CPPFLAGS += -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -DDDG_VERSION='"$(VERSION)"' \
                     -pthread -Ilib -Itools -MMD -MP
override LDFLAGS += -pie -Wl,-z,relro,-z,now $(SANITIZE)
LDLIBS += -lcsv -lz -lzstd -lClp -lCoinUtils -lm -pthread

TOOLS = ddg-count ddg-threshold ddg-suppress ddg-round ddg-audit
PROGRAMS = $(TOOLS:%=$(BUILD)/%)
FACTS = $(wildcard data/*.csv)
LIB_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/*/*.c)) $(FACTS:%.csv=$(BUILD)/%.o)
UNIT_TESTS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*.c))
PROPERTY_TESTS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/property/*.c))
FUZZ_TARGETS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/*.c))
FAULTS = $(patsubst %.c,$(BUILD)/%.so,$(wildcard tests/fault/*.c))
EXAMPLES = $(patsubst %.c,$(BUILD)/%,$(wildcard examples/*.c))
BENCHES = $(patsubst %.c,$(BUILD)/%,$(wildcard bench/*.c))
TESTED = $(PROGRAMS) $(UNIT_TESTS) $(PROPERTY_TESTS) $(FAULTS) $(EXAMPLES) $(BENCHES)

# The suite under other tools: a build of its own, made by this Makefile again.
SANITIZED = BUILD=$(BUILD)/asan HARDENING= CFLAGS='-O1 -g -fno-omit-frame-pointer' \
            SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all'
FUZZED = BUILD=$(BUILD)/fuzz HARDENING= CC=clang CFLAGS='-O1 -g' \
         SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'

export DDG_BUILD = $(abspath $(BUILD))

## all            build the programs (what `make` alone does)
all: deps $(PROGRAMS)

## deps           install what building needs, by apt; does nothing when all is there
deps:
	@sh .ci/install-packages build

# Not at the same time as deps: apt locks.
deps-%: deps
	@sh .ci/install-packages $*

$(BUILD)/libddg.a: $(LIB_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/ddg-%: $(BUILD)/tools/ddg-%.o $(BUILD)/tools/common.o $(BUILD)/libddg.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c Makefile | deps
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# data/psc-2.0.csv is the string ddg_data_psc_2_0 of the library
$(BUILD)/data/%.c: data/%.csv data/embed.awk
	@mkdir -p $(@D)
	awk -v name=ddg_data_$(subst -,_,$(subst .,_,$*)) -f data/embed.awk $< >$@.new
	@mv $@.new $@

$(BUILD)/data/%.o: $(BUILD)/data/%.c Makefile | deps
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(UNIT_TESTS): $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libddg.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The property tests, the examples and the benches share no code with what they test.
$(PROPERTY_TESTS) $(EXAMPLES) $(BENCHES): $(BUILD)/%: $(BUILD)/%.o
	$(CC) $(LDFLAGS) -o $@ $^ -lm

$(FUZZ_TARGETS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libddg.a
	$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

$(FAULTS): $(BUILD)/%.so: %.c Makefile | deps
	@mkdir -p $(@D)
	$(CC) -std=c17 $(WARNINGS) -O1 -g -fPIC -shared -o $@ $< -ldl

# What the other targets test with, built but not run.
tested: deps $(TESTED)
fuzzers: deps $(FUZZ_TARGETS)

## check          every test that needs neither data nor another build (a few minutes)
check: deps-check tested
	@tests/run.sh unit property bats lint

## unit, bats     one kind of test alone; `tests/run.sh FILE` runs one file
unit bats: deps-test tested
	@tests/run.sh $@

## property       random tables: what ddg-suppress hides, nobody may find
property: deps-test tested
	@tests/run.sh $@

## lint           compilers, formatter, shellcheck and man page checkers, all as errors
lint: deps-lint
	@tests/run.sh lint

## check-asan     the unit tests and bats under the address and undefined-behaviour sanitizers
check-asan: deps-test
	@$(MAKE) --no-print-directory $(SANITIZED) tested
	@DDG_BUILD=$(abspath $(BUILD)/asan) DDG_SANITIZED=1 tests/run.sh unit bats

## check-valgrind a sample of both under valgrind, with failing allocations
check-valgrind: deps-memory tested
	@tests/run.sh tests/valgrind.sh

## check-real     the tests that read published data: make check-real DATA=../shared/data
check-real: deps-test tested
	@DATA=$(abspath $(DATA)) tests/run.sh tests/real.bats

$(BUILD)/spark/bin/spark-submit: | deps-spark
	python3 -m venv $(BUILD)/spark
	$(BUILD)/spark/bin/pip install --quiet pyspark

## check-spark    the example on Apache Spark, a local cluster; takes PySpark from PyPI
check-spark: deps-test deps-spark tested $(BUILD)/spark/bin/spark-submit
	@tests/run.sh tests/spark.bats

## check-arm      the scanners on an emulated 64-bit ARM, whose vectors others do not have
check-arm: deps-arm
	@tests/run.sh tests/arm.sh

## fuzz           each fuzz target for FUZZ_SECONDS (20)
fuzz: deps-fuzz
	@$(MAKE) --no-print-directory $(FUZZED) fuzzers
	@DDG_BUILD=$(abspath $(BUILD)/fuzz) tests/fuzz/run.sh $(FUZZ_SECONDS)

## bench          how long the pipe takes on a large extract
bench: tested
	@bench/run.sh

## demo           a synthetic extract goes through the whole pipe
demo: all $(EXAMPLES)
	@examples/demo.sh

## examples       run the examples and compare what they print with examples/expected
examples: deps-test tested
	@tests/run.sh tests/examples.bats

## install        programs, man pages, completions and criteria; honours PREFIX and DESTDIR
install: all
	install -d $(BINDIR) $(MANDIR)/man1 $(MANDIR)/man7 $(COMPLETIONDIR) $(FACTSDIR)
	install -m 755 $(PROGRAMS) $(BINDIR)
	install -m 644 $(TOOLS:%=man/%.1) $(MANDIR)/man1
	install -m 644 man/ddg.7 $(MANDIR)/man7
	install -m 644 $(FACTS) $(FACTSDIR)
	for tool in $(TOOLS); do \
	    $(BUILD)/$$tool --completion >$(BUILD)/$$tool.completion || exit 1; \
	    install -m 644 $(BUILD)/$$tool.completion $(COMPLETIONDIR)/$$tool || exit 1; \
	done

## uninstall      removes what install put there
uninstall:
	rm -f $(TOOLS:%=$(BINDIR)/%) $(TOOLS:%=$(MANDIR)/man1/%.1) $(MANDIR)/man7/ddg.7 \
	    $(TOOLS:%=$(COMPLETIONDIR)/%) $(FACTS:data/%=$(FACTSDIR)/%)

## clean          removes everything that was built
clean:
	rm -rf $(BUILD)

## help           this list
help:
	@sed -n 's/^## /  /p' Makefile

-include $(shell find $(BUILD) -name '*.d' -not -path '$(BUILD)/asan/*' -not -path '$(BUILD)/fuzz/*' 2>/dev/null)

.PHONY: all deps tested fuzzers check unit bats property lint check-asan check-valgrind check-real check-spark check-arm fuzz \
        bench demo examples install uninstall clean help
.SECONDARY:
