// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

@Lab(Suite.BULLSEYE)
final class LabBullseyeST extends LabContract {}
