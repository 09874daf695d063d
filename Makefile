# ddg: see README.md.  `make` builds, `make check` tests, `make demo` shows; `make help` lists all.

VERSION = 0.1

CC ?= cc
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
BUILD ?= build
DATA ?= ../shared/data

WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wpointer-arith -Wwrite-strings
HARDENING = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
override CFLAGS += -std=c17 $(WARNINGS) $(HARDENING) $(SANITIZE)
override CPPFLAGS += -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -DDDG_VERSION='"$(VERSION)"' \
                     -Ilib -Itools -MMD -MP
override LDFLAGS += -pie -Wl,-z,relro,-z,now $(SANITIZE)
LDLIBS += -lcsv

TOOLS = ddg-count ddg-threshold ddg-suppress ddg-round ddg-audit
LIB_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/*/*.c))
UNIT_TESTS = $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/*.c))

all: deps $(TOOLS:%=$(BUILD)/%)

# Installs what is missing, by apt; does nothing when everything is there.
deps:
	@.ci/install-packages

$(BUILD)/libddg.a: $(LIB_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/ddg-%: $(BUILD)/tools/ddg-%.o $(BUILD)/tools/common.o $(BUILD)/libddg.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c Makefile | deps
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libddg.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

clean:
	rm -rf $(BUILD)

.PHONY: all deps clean
.SECONDARY:
