#!/bin/sh
# Ends every process of one stack once standard input closes, which happens also when the supervisor is killed.
# Usage: guard.sh MARK POSTGRES_DATA_FOLDER
mark="PETRI_STACK_ID=$1"
folder=$2
cat > /dev/null

# The mark is in the environment of all that the stack starts, and is inherited by what those start.
marked() {
  if [ -d /proc/self ]; then
    grep -lsF "$mark" /proc/[0-9]*/environ | cut -d/ -f3
  else
    ps -axEww -o pid=,command= | grep -F "$mark" | grep -v grep | awk '{ print $1 }'
  fi
}

# PostgreSQL writes its title over its environment. A process id may have passed to a stranger; its folder tells.
postmaster() {
  pid=$(head -n 1 "$folder/postmaster.pid" 2> /dev/null) || return 0
  [ "$(readlink "/proc/$pid/cwd")" = "$(cd "$folder" && pwd -P)" ] && echo "$pid"
}

# A lab started meanwhile has a PostgreSQL of its own in that folder: only the one there now is meant.
old=$(postmaster)
left() { marked; [ "$(postmaster)" = "$old" ] && echo "$old"; }

end() {
  for pid in $(marked); do kill "-$1" "$pid"; done
  [ -n "$old" ] && [ "$(postmaster)" = "$old" ] && kill "-$2" "$old"
} 2> /dev/null

end TERM INT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  [ -z "$(left)" ] && exit 0
  sleep 0.25
done
end KILL QUIT
