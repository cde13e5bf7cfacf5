# Sourced by the benchmarks: builds once, runs Java with the launcher's flags and class path, and measures.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/millrace-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

"$top/millrace" --version > /dev/null
mvn -B -q -ntp -f "$top/pom.xml" -pl bench -am package -DskipTests >&2
# The archive of classes is written by the first night after a build; it must not be one that is measured.
[ -e "$top/launcher/target/classes.jsa" ] || "$top/millrace" demo --home "$work/archive" --scale 0.1 > /dev/null 2>&1
export MILLRACE_NO_BUILD=1 MILLRACE_NO_ARCHIVE=1

# baseline CLASS ARGUMENTS...: a class of bench/ in a JVM like the launcher's
baseline() {
  local class=$1
  shift
  MILLRACE_CLASS_PATH=$(echo "$top"/bench/target/bench-*-SNAPSHOT.jar) MILLRACE_MAIN="io.millrace.bench.$class" "$top/millrace" "$@"
}

# seconds COMMAND...: wall-clock seconds of the whole process in $took; its output goes to $work/out and $work/err
seconds() {
  local start=$EPOCHREALTIME
  "$@" > "$work/out" 2> "$work/err" || { cat "$work/err" >&2; exit 1; }
  took=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
}

machine() {
  echo "$(date -u +%F), $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB, load $(cut -d' ' -f1 /proc/loadavg) at the start"
}
