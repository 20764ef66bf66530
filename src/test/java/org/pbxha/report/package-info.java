// SPDX-License-Identifier: Apache-2.0
/** What the demonstration and the benchmarks show to people. */
package org.pbxha.report;
