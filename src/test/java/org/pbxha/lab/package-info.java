// SPDX-License-Identifier: Apache-2.0
/**
 * The lab: a pair of real PBXs in containers, phones that call through them, and every way in which one
 * of them can die. {@link org.pbxha.lab.Lab} gives it to a test class.
 */
package org.pbxha.lab;
