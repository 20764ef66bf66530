# SPDX-License-Identifier: Apache-2.0
# Finds the JVM and the class path. Sourced by /usr/bin/pbx-ha and by build-archive: a class archive
# serves only the JVM and the class path it was made with, so both must find the same ones.
# No fork anywhere: every command line pays for this file.
# shellcheck shell=sh disable=SC2034 # what is set here is read by those files

jvm_dir=/usr/lib/jvm
class_path_file=/usr/share/pbx-ha/classpath
archive=/var/cache/pbx-ha/pbx-ha.jsa
oldest_java=17

# What a caller's shell profile sets for other Java programs must not reach a root process.
unset CLASSPATH JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS

# find_java: sets $java to the distribution's default JVM, else to the first one that is new enough.
# The release file says the version without starting the JVM.
find_java() {
    for home in "$jvm_dir"/default-java "$jvm_dir"/*; do
        if [ -x "$home/bin/java" ] && [ -r "$home/release" ] && new_enough "$home/release"; then
            java=$home/bin/java
            return 0
        fi
    done
    echo "pbx-ha: no Java $oldest_java or newer in $jvm_dir. Next: apt install default-jre-headless" \
        "(where that is too old: openjdk-17-jre-headless)" >&2
    return 1
}

# new_enough FILE: a line JAVA_VERSION="17.0.15" with a first number of at least $oldest_java.
new_enough() {
    while IFS='=' read -r key value; do
        [ "$key" = JAVA_VERSION ] || continue
        value=${value#\"}
        value=${value%%[!0-9]*}
        [ "${value:-0}" -ge "$oldest_java" ]
        return
    done <"$1"
    return 1
}

# find_class_path: sets $class_path to the jars in the order fixed when the package was built.
find_class_path() {
    read -r class_path <"$class_path_file"
}
