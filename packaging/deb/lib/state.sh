# SPDX-License-Identifier: Apache-2.0
# What this node is and does, read without a JVM. Sourced by gate, fence, sync-receive and the XiVO names.
# The state file: 8192 bytes, two slots of 4096; a slot is lines key=value, the last one sum=SHA-256 of
# the bytes before it, then NULs. The agent writes the slots in turn; the valid one with the highest seq counts.
# shellcheck shell=sh disable=SC2034 # what is set here is read by those files

# Everything here runs as root, in environments that others made.
PATH=/usr/bin:/bin
LC_ALL=C
export PATH LC_ALL

state_file=/var/lib/pbx-ha/state
config_file=/etc/pbx-ha/pbx-ha.yml
# By which the peer has fenced this node: on the disk, and in memory until the next boot (see fence).
fence_mark=/var/lib/pbx-ha/fenced
memory_mark=/run/pbx-ha-fenced
agent_unit=pbx-ha.service
systemctl=/bin/systemctl
line_end='
'

# read_state: sets $role (master|slave), $service (active|standby) and $met (empty, unless two active nodes have met and nobody
# has accepted what that costs) and returns 0; 1 when neither slot is valid.
read_state() {
    best=-1
    for slot in 0 1; do
        if read_slot "$slot" && [ "$slot_seq" -gt "$best" ]; then
            best=$slot_seq role=$slot_role service=$slot_service met=$slot_met
        fi
    done
    [ "$best" -ge 0 ]
}

# read_slot N: sets slot_seq, slot_role, slot_service, slot_met; fails on a torn, damaged or strange slot.
read_slot() {
    text=$(slot_bytes "$1" | tr -d '\000')
    body=${text%"$line_end"sum=*}
    [ "$body" != "$text" ] || return 1
    # The sum covers the bytes as they lie on disk, with the end of the last line before it.
    actual=$(slot_bytes "$1" | head -c $((${#body} + 1)) | sha256sum)
    [ "${actual%% *}" = "${text##*"$line_end"sum=}" ] || return 1

    slot_seq='' slot_role='' slot_service='' slot_met=''
    while IFS='=' read -r key value; do
        case $key in
        seq) slot_seq=$value ;;
        role) slot_role=$value ;;
        service) slot_service=$value ;;
        met) slot_met=$value ;;
        esac
    done <<END
$body
END
    case $slot_seq in '' | *[!0-9]*) return 1 ;; esac
    case $slot_role:$slot_service in
    master:active | master:standby | slave:active | slave:standby) ;;
    *) return 1 ;;
    esac
}

# is_fenced: whether the peer has fenced this node and its agent has not taken note of it.
is_fenced() {
    [ -e "$fence_mark" ] || [ -e "$memory_mark" ]
}

slot_bytes() {
    dd if="$state_file" bs=4096 skip="$1" count=1 2>/dev/null
}

# configured_role: prints the role that the administrator configured, empty when there is none to read.
configured_role() {
    sed -n "s/^role:[[:space:]]*[\"']\{0,1\}\([a-z]*\).*/\1/p" "$config_file" 2>/dev/null
}

# agent_state: prints alive, moving (starting or stopping, it may be alive soon) or dead.
agent_state() {
    case $("$systemctl" is-active "$agent_unit" 2>/dev/null) in
    active | reloading) echo alive ;;
    activating | deactivating) echo moving ;;
    *) echo dead ;;
    esac
}
