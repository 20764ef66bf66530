// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.io.IOException;
import java.net.ConnectException;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.TimeoutException;

/** Connections by asterisk-java: a new object for each, because one that logs in twice may read with two threads. */
final class AsteriskJavaConnector implements AmiConnector {
    /** FullyBooted is of this class; the account may see nothing else. */
    private static final String EVENTS = "system";

    private final AmiAccount account;
    private final AmiTiming timing;

    AsteriskJavaConnector(AmiAccount account, AmiTiming timing) {
        LeakyLoggers.requireSilent();
        this.account = account;
        this.timing = timing;
    }

    @Override
    public AmiSession connect() throws AmiException {
        DefaultManagerConnection connection = newConnection();
        AsteriskJavaSession session = new AsteriskJavaSession(connection);
        connection.addEventListener(session);
        try {
            connection.login(EVENTS);
            connection.setDefaultResponseTimeout(timing.response().toMillis());
            return session;
        } catch (AuthenticationFailedException e) {
            throw failedLogin(e);
        } catch (TimeoutException e) {
            throw silent(e);
        } catch (ConnectException e) {
            throw new AmiException(
                    AmiException.Kind.REFUSED, "Asterisk is not running: nothing listens at " + where(), e);
        } catch (IOException e) {
            throw new AmiException(
                    AmiException.Kind.LOST,
                    "No connection to Asterisk's manager at " + where() + ": " + e.getMessage(),
                    e);
        }
    }

    private DefaultManagerConnection newConnection() {
        DefaultManagerConnection connection =
                new DefaultManagerConnection(account.host(), account.port(), account.user(), account.secret());
        // Without these three it waits for ever on a frozen Asterisk.
        connection.setSocketTimeout((int) timing.connect().toMillis());
        connection.setSocketReadTimeout((int) timing.read().toMillis());
        connection.setDefaultResponseTimeout(timing.login().toMillis());
        connection.setKeepAliveAfterAuthenticationFailure(false);
        return connection;
    }

    /** asterisk-java wraps whatever goes wrong during the login; only a refusal by Asterisk itself comes without a cause. */
    private AmiException failedLogin(AuthenticationFailedException e) {
        return e.getCause() == null
                ? new AmiException(
                        AmiException.Kind.ACCOUNT,
                        "Asterisk refused the manager account " + account
                                + ": check manager.d/pbx-ha.conf and reload the manager",
                        e)
                : silent(e);
    }

    private AmiException silent(Exception e) {
        return new AmiException(
                AmiException.Kind.TIMEOUT, "Asterisk's manager at " + where() + " does not answer a login", e);
    }

    private String where() {
        return account.host() + ":" + account.port();
    }
}
