# SPDX-License-Identifier: Apache-2.0
# Writes state files as the agent does, and spoils them. $state_file is the file.
# shellcheck shell=sh disable=SC2154 # the test that sources this file sets state_file

# write_slot SLOT SEQ ROLE SERVICE [REASON [MET]]
write_slot() {
    {
        printf 'seq=%s\nrole=%s\nservice=%s\nepoch=3\nsteps=3\nboot=b1946ac9-2492-4d23-9e1c-ab0e2e5dd03a\n' "$2" "$3" "$4"
        printf 'met=%s\n' "${6-}"
        printf 'since=2026-01-02T03:04:05Z\nrow=120\nreason=%s\n' "${5-sum=deadbeef is not the sum, pause für alle}"
    } >"$state_file.slot"
    sum=$(sha256sum <"$state_file.slot")
    printf 'sum=%s\n' "${sum%% *}" >>"$state_file.slot"
    truncate -s 4096 "$state_file.slot"
    [ -e "$state_file" ] || truncate -s 8192 "$state_file"
    dd if="$state_file.slot" of="$state_file" bs=4096 seek="$1" conv=notrunc 2>/dev/null
    rm "$state_file.slot"
}

# damage_slot SLOT OFFSET [BYTES]: overwrites some bytes in the middle of a slot, as a torn write would.
damage_slot() {
    printf %b "${3-\\0000\\0000\\0000\\0000}" |
        dd of="$state_file" bs=1 seek=$(($1 * 4096 + $2)) conv=notrunc 2>/dev/null
}
