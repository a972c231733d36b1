/* SPDX-License-Identifier: MIT */
#include "connector.h"

/* The files of connectors/, made into bytes by the Makefile. */
#include "connectors.inc"
