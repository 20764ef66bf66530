// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.io.IOException;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.ManagerEventListener;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.CoreSettingsAction;
import org.asteriskjava.manager.action.CoreStatusAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.FullyBootedEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.response.CoreSettingsResponse;
import org.asteriskjava.manager.response.CoreStatusResponse;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.manager.response.PingResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of asterisk-java. */
final class AsteriskJavaSession implements AmiSession, ManagerEventListener {
    private static final Logger LOG = LoggerFactory.getLogger(AsteriskJavaSession.class);

    private final DefaultManagerConnection connection;
    private volatile boolean fullyBooted;

    AsteriskJavaSession(DefaultManagerConnection connection) {
        this.connection = connection;
    }

    @Override
    public void onManagerEvent(ManagerEvent event) {
        if (event instanceof FullyBootedEvent) {
            fullyBooted = true;
        } else if (event instanceof DisconnectEvent) {
            // The library's own reconnection starts within 50 ms, on this same object, and knows no end: end it here.
            logOff();
        }
    }

    @Override
    public boolean fullyBooted() {
        return fullyBooted;
    }

    @Override
    public void ping() throws AmiException {
        send(new PingAction(), PingResponse.class);
    }

    @Override
    public String version() throws AmiException {
        return send(new CoreSettingsAction(), CoreSettingsResponse.class).getAsteriskVersion();
    }

    @Override
    public int activeCalls() throws AmiException {
        Integer calls = send(new CoreStatusAction(), CoreStatusResponse.class).getCoreCurrentCalls();
        if (calls == null) {
            throw new AmiException(AmiException.Kind.LOST, "Asterisk did not say how many calls it has");
        }
        return calls;
    }

    @Override
    public void close() {
        logOff();
    }

    private <R extends ManagerResponse> R send(ManagerAction action, Class<R> expected) throws AmiException {
        ManagerResponse response;
        try {
            response = connection.sendAction(action);
        } catch (TimeoutException e) {
            throw new AmiException(AmiException.Kind.TIMEOUT, "Asterisk does not answer " + action.getAction(), e);
        } catch (IOException | IllegalStateException e) {
            // The library throws the second one when the connection is already gone.
            throw new AmiException(AmiException.Kind.LOST, "The connection to Asterisk's manager broke", e);
        }
        if (!expected.isInstance(response)) {
            throw new AmiException(
                    AmiException.Kind.ACCOUNT,
                    "Asterisk does not let the manager account do " + action.getAction() + ": " + response.getMessage()
                            + "; check manager.d/pbx-ha.conf");
        }
        return expected.cast(response);
    }

    private void logOff() {
        ManagerConnectionState state = connection.getState();
        if (state != ManagerConnectionState.CONNECTED && state != ManagerConnectionState.RECONNECTING) {
            return;
        }
        try {
            connection.logoff();
        } catch (IllegalStateException e) {
            // Both the supervisor and the library's thread may log off; the second one finds it done.
            LOG.debug("Already logged off", e);
        }
    }
}
