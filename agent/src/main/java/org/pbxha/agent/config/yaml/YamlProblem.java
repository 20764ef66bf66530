// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config.yaml;

/**
 * What is wrong with the way a file is written.
 *
 * @param key dotted path of the key concerned, empty for the file as a whole
 * @param suggestion what to do about it, may be empty
 */
public record YamlProblem(int line, String key, String reason, String suggestion) {}
