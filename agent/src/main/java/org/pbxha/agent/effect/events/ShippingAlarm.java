// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.events;

/** Takes what people should hear of: once when shipping begins to fail, once when it works again. */
public interface ShippingAlarm {
    /**
     * Tells.
     *
     * @param failing whether it fails now
     * @param text what fails and what to do, or that it works again
     */
    void tell(boolean failing, String text);
}
