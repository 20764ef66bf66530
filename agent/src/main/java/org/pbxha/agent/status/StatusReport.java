// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.status;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.jobs.JobResult;
import org.pbxha.agent.splitbrain.SplitBrain;

/**
 * All that {@code pbx-ha status} shows; its JSON is these fields. Ages are milliseconds, instants ISO.
 *
 * @param version of this agent
 * @param time this node's clock
 * @param alarm whether an administrator should look
 * @param row the rule that matched in the last cycle
 * @param reason its reason
 * @param next what to do next, empty when nothing is
 * @param self this node
 * @param peer the other node, as far as it has been heard
 * @param silence how long each probe has been silent
 * @param steps how far the start or stop steps are: idle, running, done or failed
 * @param operator what operators have set, and what is being given
 * @param fencing how the master is fenced; null on a master, and where no method is configured
 * @param replication the last database copy sent by this node, or received by it
 * @param sync the last file copy sent by this node
 * @param events how far the shipping of events is; null when they are not shipped
 * @param splitBrain the report of a split brain that nobody has accepted, null when there is none
 */
public record StatusReport(
        String version,
        String time,
        boolean alarm,
        int row,
        String reason,
        String next,
        Node self,
        @Nullable Node peer,
        Silence silence,
        String steps,
        Operator operator,
        @Nullable Fencing fencing,
        JobResult replication,
        JobResult sync,
        @Nullable Events events,
        @Nullable SplitBrain splitBrain) {

    /**
     * One node.
     *
     * @param role master or slave
     * @param address its address in the pair
     * @param version of its agent
     * @param service active or standby
     * @param since when that last moved, null when not known
     * @param epoch its epoch
     * @param ready whether it could serve
     * @param asteriskServing whether its Asterisk answers SIP
     * @param asteriskVersion empty when not known
     * @param calls calls in progress
     * @param problem what is wrong with its Asterisk, null when nothing is
     */
    public record Node(
            String role,
            String address,
            String version,
            String service,
            @Nullable String since,
            long epoch,
            boolean ready,
            boolean asteriskServing,
            String asteriskVersion,
            int calls,
            @Nullable String problem) {}

    /**
     * What operators have set, and what is being given.
     *
     * @param mode automatic or manual
     * @param pausedUntil instant, or "resume"; null when not paused
     * @param pinned whether an operator handed telephony over to this node
     * @param unable whether this node gave telephony away because it could not serve
     * @param giving phase of giving telephony to the other node: none, preparing, draining, closing, offered
     * @param sipClosed whether SIP is to be closed here by the firewall
     */
    public record Operator(
            String mode,
            @Nullable String pausedUntil,
            boolean pinned,
            boolean unable,
            String giving,
            boolean sipClosed) {}

    /**
     * How the slave makes sure that its master serves no more.
     *
     * @param methods in the order in which they are tried
     * @param required whether nothing is taken over without it
     * @param state untried, running, done or failed
     * @param detail which method, and why it failed; empty when there is nothing to say
     * @param check the last {@code pbx-ha fencing check}
     */
    public record Fencing(List<String> methods, boolean required, String state, String detail, JobResult check) {
        public Fencing {
            methods = List.copyOf(methods);
        }
    }

    /**
     * Milliseconds since the last answer, or since the agent's start when there was none.
     *
     * @param icmp the peer to ping
     * @param sip the peer to SIP OPTIONS
     * @param link the peer's agent on the peer link
     * @param witness any witness to ping
     * @param limit from which on a silence counts
     * @param linkProblem why the last heartbeat failed, null when it did not
     */
    public record Silence(
            long icmp,
            long sip,
            long link,
            long witness,
            long limit,
            @Nullable String linkProblem) {}

    /**
     * The shipping of events.
     *
     * @param behindSeconds age of the newest moment of which everything is on the target, null as long as none is known
     * @param rows committed rows that are not on the target, as last counted; counting stops at some number
     * @param heldBackBy the open transaction behind which rows wait, null when they do not
     * @param failingSince instant since which something fails, null when nothing does
     * @param problem what fails and what to do, empty when nothing does
     */
    public record Events(
            @Nullable Long behindSeconds,
            long rows,
            @Nullable String heldBackBy,
            @Nullable String failingSince,
            String problem) {}
}
