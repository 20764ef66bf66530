# SPDX-License-Identifier: Apache-2.0
# What the shell tests share: a scratch copy of the scripts whose constants point into a scratch directory,
# a systemctl that answers from a list, a sleep that counts, and a writer of state files.
# shellcheck shell=sh disable=SC2034 # what is set here is read by the tests

here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
shell=${TEST_SHELL:-/bin/sh}
passed=0
failed=0

# copy_of SCRIPT: the script with its constants and the place of its library moved into $scratch.
copy_of() {
    sed -e "s|^\. /usr/lib/pbx-ha/|. $scratch/|" \
        -e "s|^state_file=.*|state_file=$scratch/state|" \
        -e "s|^config_file=.*|config_file=$scratch/pbx-ha.yml|" \
        -e "s|^systemctl=.*|systemctl=$scratch/systemctl|" \
        -e "s|^pause=.*|pause=$scratch/pause|" \
        -e "s|^logger=.*|logger=$scratch/logger|" \
        -e "s|^waited_mark=.*|waited_mark=$scratch/waited|" \
        -e "s|^rsync=.*|rsync=$scratch/rsync|" \
        -e "s|^rsyncd_config=.*|rsyncd_config=$scratch/rsyncd.conf|" \
        -e "s|^pbx_ha=.*|pbx_ha=$scratch/pbx-ha|" \
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
    rm -f "$scratch/state" "$scratch/pbx-ha.yml" "$scratch/waited" "$scratch"/at.* "$scratch/rsyncd.conf"
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

# write_slot SLOT SEQ ROLE SERVICE [REASON]
write_slot() {
    {
        printf 'seq=%s\nrole=%s\nservice=%s\nepoch=3\nsteps=3\nboot=b1946ac9-2492-4d23-9e1c-ab0e2e5dd03a\n' "$2" "$3" "$4"
        printf 'since=2026-01-02T03:04:05Z\nrow=120\nreason=%s\n' "${5-sum=deadbeef is not the sum, pause für alle}"
    } >"$scratch/body"
    sum=$(sha256sum <"$scratch/body")
    printf 'sum=%s\n' "${sum%% *}" >>"$scratch/body"
    truncate -s 4096 "$scratch/body"
    [ -e "$scratch/state" ] || truncate -s 8192 "$scratch/state"
    dd if="$scratch/body" of="$scratch/state" bs=4096 seek="$1" conv=notrunc 2>/dev/null
}

# damage_slot SLOT OFFSET: overwrites some bytes in the middle of a slot, as a torn write would.
damage_slot() {
    printf '\000\000\000\000' | dd of="$scratch/state" bs=1 seek=$(($1 * 4096 + $2)) conv=notrunc 2>/dev/null
}

# check NAME CONDITION...: counts and prints one result.
check() {
    name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok   $name"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
    fi
}

finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
