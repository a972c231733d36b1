/* SPDX-License-Identifier: MIT */
#include "interrupt.h"

volatile sig_atomic_t mop_interrupted;
