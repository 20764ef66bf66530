// SPDX-License-Identifier: Apache-2.0
/** The product on the lab's nodes: installed from its package, paired as a person would, asked by its own commands. */
package org.pbxha.product;
