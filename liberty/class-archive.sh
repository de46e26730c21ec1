#!/bin/sh
# Makes a class archive of the list that one start of the server wrote (-XX:DumpLoadedClassList): a start with the archive
# neither parses nor verifies these classes again.
#
#   sh class-archive.sh CLASSES.lst CLASSES.jsa
set -eu
if [ $# -ne 2 ] || [ ! -r "$1" ]; then
  echo "Usage: sh class-archive.sh CLASSES.lst CLASSES.jsa; the list is written by a start with -XX:DumpLoadedClassList=CLASSES.lst" >&2
  exit 64
fi
list=$1
archive=$2
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
server=$(cd "$(dirname "$0")/../../../bin/tools" && pwd)/ws-server.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: > "$work/missing"

# What was made at run time, or lies in a jar inside the WAR, cannot be read again by the JVM; nor can what builds on it.
readable() {
  awk -v missing="$work/missing" '
    BEGIN { while ((getline name < missing) > 0) gone[name] = 1 }
    /^[#@]/ { print; next }
    {
      drop = ($1 in gone)
      source = index($0, " source: ")
      if (source) drop = drop || seen[$1]++ || $0 !~ /\.jar$/
      id = ""
      for (i = 2; i <= NF && $i != "source:"; i++) {
        if ($i ~ /:$/) { field = $i; continue }
        if (field == "id:") id = $i
        else if ($i in unreadable) drop = 1
      }
      if (!drop) print
      else if (id != "") unreadable[id] = 1
    }' "$list"
}

rm -f "$archive"
for round in 1 2 3 4 5; do
  readable > "$work/list"
  if "$java" -Xshare:dump -XX:+UseSerialGC -XX:SharedClassListFile="$work/list" -XX:SharedArchiveFile="$archive" \
      -cp "$server" > "$work/log" 2>&1 && [ -s "$archive" ]; then
    echo "$archive: $(grep -c ' source: ' "$work/list") classes of the server and the application"
    exit 0
  fi
  sed -n 's/.*Preload Warning: Cannot find \([^ ]*\).*/\1/p' "$work/log" >> "$work/missing"
done
tail -n 5 "$work/log" >&2
exit 1
