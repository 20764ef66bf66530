# SPDX-License-Identifier: Apache-2.0
# What the shell tests share: a scratch copy of the scripts whose constants point into a scratch directory,
# a systemctl that answers from a list, a sleep that counts, and the writer of state files.
# shellcheck shell=sh disable=SC2034 # what is set here is read by the tests

here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
shell=${TEST_SHELL:-/bin/sh}
state_file=$scratch/state

# shellcheck source=check.sh
. "$here/check.sh"
# shellcheck source=slots.sh
. "$here/slots.sh"

# copy_of SCRIPT: the script with its constants and the place of its library moved into $scratch.
copy_of() {
    sed -e "s|^\. /usr/lib/pbx-ha/|. $scratch/|" \
        -e "s|^state_file=.*|state_file=$scratch/state|" \
        -e "s|^config_file=.*|config_file=$scratch/pbx-ha.yml|" \
        -e "s|^fence_mark=.*|fence_mark=$scratch/fenced|" \
        -e "s|^memory_mark=.*|memory_mark=$scratch/memory-fenced|" \
        -e "s|^units_directory=.*|units_directory=$scratch/units|" \
        -e "s|^proc=.*|proc=$scratch/proc|" \
        -e "s|^systemctl=.*|systemctl=$scratch/systemctl|" \
        -e "s|^pause=.*|pause=$scratch/pause|" \
        -e "s|^logger=.*|logger=$scratch/logger|" \
        -e "s|^waited_mark=.*|waited_mark=$scratch/waited|" \
        -e "s|^rsync=.*|rsync=$scratch/rsync|" \
        -e "s|^rsyncd_config=.*|rsyncd_config=$scratch/rsyncd.conf|" \
        -e "s|^key=.*|key=$scratch/key|" \
        -e "s|^pbx_ha=.*|pbx_ha=$scratch/pbx-ha|" \
        -e "s|^config=.*|config=$scratch/berofos.conf|" \
        -e "s|^bnfos_config=.*|bnfos_config=$scratch/bnfos.conf|" \
        -e "s|^bnfos=.*|bnfos=$scratch/bnfos|" \
        -e "s|^owner=.*|owner=$(id -un)|" \
        "$1" >"$scratch/$(basename "$1")"
    ! grep -nE '^[^#]*(/var/lib/pbx-ha|/etc/pbx-ha|=/bin/systemctl|/run/)' "$scratch/$(basename "$1")" || exit 99
}

# systemctl says the words of agent.words one after the other and stays with the last one.
cat >"$scratch/systemctl" <<END
#!/bin/sh
[ "\$*" = "is-active pbx-ha.service" ] || exit 99
read -r word rest <"$scratch/agent.words"
[ -z "\$rest" ] || echo "\$rest" >"$scratch/agent.words"
echo "\$word"
[ "\$word" = active ]
END
# pause counts the seconds; when a file at.N is there, it runs after N of them.
cat >"$scratch/pause" <<END
#!/bin/sh
echo "\$1" >>"$scratch/pauses"
at="$scratch/at.\$(wc -l <"$scratch/pauses")"
[ ! -e "\$at" ] || . "\$at"
END
printf '#!/bin/sh\necho "$*" >>"%s/log"\n' "$scratch" >"$scratch/logger"
chmod +x "$scratch/systemctl" "$scratch/pause" "$scratch/logger"

# fresh: a node that is not set up, with a dead agent.
fresh() {
    rm -f "$state_file" "$scratch/pbx-ha.yml" "$scratch/waited" "$scratch/fenced" "$scratch/memory-fenced" "$scratch"/at.* "$scratch/rsyncd.conf"
    : >"$scratch/pauses"
    echo inactive >"$scratch/agent.words"
}

# node ROLE SERVICE AGENT...: a node that is set up; AGENT are the words of systemctl is-active.
node() {
    fresh
    echo "role: $1" >"$scratch/pbx-ha.yml"
    write_slot 0 4 "$1" standby
    write_slot 1 5 "$1" "$2"
    shift 2
    echo "$*" >"$scratch/agent.words"
}
