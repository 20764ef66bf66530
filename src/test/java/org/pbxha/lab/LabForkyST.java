// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

@Lab(Suite.FORKY)
final class LabForkyST extends LabContract {}
