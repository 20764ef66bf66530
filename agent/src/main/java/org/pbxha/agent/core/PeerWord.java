// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/**
 * What the other agent says of its own node.
 *
 * @param service its service state
 * @param epoch its epoch
 * @param settled whether its services have followed its service state; a standby that is not settled is still
 *     closing
 * @param serving whether its Asterisk answers SIP
 * @param ready whether it could serve when asked to
 */
public record PeerWord(ServiceState service, long epoch, boolean settled, boolean serving, boolean ready) {}
