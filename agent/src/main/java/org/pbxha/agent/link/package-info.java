// SPDX-License-Identifier: Apache-2.0
/** The peer link: identity, mutual TLS with pinned certificates, the peer server and its client, heartbeats. */
@NullMarked
package org.pbxha.agent.link;

import org.jspecify.annotations.NullMarked;
