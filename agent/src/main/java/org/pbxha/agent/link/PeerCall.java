// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of the other node.
 *
 * @param certificate the caller's certificate, whose key it has proven to hold; null only on pairing routes
 * @param remote the caller's address and port
 * @param local this node's address and port as the caller reached them
 * @param version the caller's version of pbx-ha, empty when it does not say
 * @param parameters the query's parameters, the first value of each
 * @param text the body of a text route, else empty
 * @param body the body of a stream route, else empty; it fails with an IOException when the caller goes away before its
 *     end, so what has been read to the end is whole
 */
public record PeerCall(
        @Nullable X509Certificate certificate,
        InetSocketAddress remote,
        InetSocketAddress local,
        String version,
        Map<String, String> parameters,
        String text,
        InputStream body) {}
