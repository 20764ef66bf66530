// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.jobs;

/**
 * What one run says of itself.
 *
 * @param exitCode exit code for the command line that asked
 * @param text one line: what was done, or why not and what to do next
 */
public record JobOutcome(int exitCode, String text) {}
