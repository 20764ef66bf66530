// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import org.pbxha.lab.Lab;
import org.pbxha.lab.Suite;

@Lab(Suite.BULLSEYE)
final class RepairBullseyeST extends RepairContract {}
