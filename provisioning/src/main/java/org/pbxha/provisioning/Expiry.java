// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

/** The three registration times, in seconds, of Asterisk's two SIP drivers. */
public enum Expiry {
    /** The shortest that a phone gets. */
    MINIMUM("minexpiry", "minimum_expiration", 180, 60),
    /** The longest that a phone gets: so long may a phone stay away after a takeover. */
    MAXIMUM("maxexpiry", "maximum_expiration", 300, 3600),
    /** What a phone gets that does not ask. */
    DEFAULT("defaultexpiry", "default_expiration", 240, 120);

    private final String chanSip;
    private final String pjsip;
    private final int paired;
    private final int shipped;

    Expiry(String chanSip, String pjsip, int paired, int shipped) {
        this.chanSip = chanSip;
        this.pjsip = pjsip;
        this.paired = paired;
        this.shipped = shipped;
    }

    /** Option of {@code sip.conf}. */
    String chanSip() {
        return chanSip;
    }

    /** Option of an AOR in {@code pjsip.conf}. */
    String pjsip() {
        return pjsip;
    }

    /** The value on the nodes of a pair. */
    String paired() {
        return Integer.toString(paired);
    }

    /** The value that XiVO and Wazo ship. */
    String shipped() {
        return Integer.toString(shipped);
    }
}
