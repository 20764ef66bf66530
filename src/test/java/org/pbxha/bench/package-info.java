// SPDX-License-Identifier: Apache-2.0
/** The benchmarks that "make bench" runs; docs/benchmarks.md says what they mean. */
package org.pbxha.bench;
