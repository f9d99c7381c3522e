#!/bin/sh
# A Terraform provider, written for Node.js: these lines start it on the program below them.

# Functions that bash exports are not what "exec" below would run.
unset -f node nodejs
if command -v node >/dev/null; then
  node=node
elif command -v nodejs >/dev/null; then
  node=nodejs
else
  echo "${0##*/} did not start: it needs Node.js, and there is no node on the PATH that Terraform runs with." \
    "Install Node.js, or put its folder on that PATH."
  # Terraform kills the process when it has read the line, but may lose it when the process is gone before.
  PATH=$PATH:/usr/bin:/bin
  [ -z "$TF_PLUGIN_MAGIC_COOKIE" ] || exec sleep 1
  exit 1
fi

# NODE_OPTIONS is meant for other programs: a preload that prints, waits or cannot be found here would be the end of this
# one. What is about memory and the network is handed on.
set -f --
for option in $NODE_OPTIONS; do
  case $option in
    --max[-_]old[-_]space[-_]size=*[!0-9]*) ;;
    --max[-_]old[-_]space[-_]size=[0-9]* | --use-openssl-ca | --tls-min-v1.[0-3] | --dns-result-order=ipv4first)
      set -- "$@" "$option"
      ;;
  esac
done
unset NODE_OPTIONS
# Node.js would write requests with their passwords to the log.
[ -z "$NODE_DEBUG$NODE_DEBUG_NATIVE" ] || export IGNORED_NODE_DEBUG="$NODE_DEBUG$NODE_DEBUG_NATIVE"
unset NODE_DEBUG NODE_DEBUG_NATIVE

# The process stays the one that Terraform started. Descriptor 3 is for the handshake alone: whatever else is printed, also
# by a version manager's "node", goes to the log. The program is read and compiled as text, since Node.js would take a file
# without ".js" in its name for a module, or refuse it, below a package.json with "type": "module". What runs until the
# handshake is read first; a build puts its length in place of HEAD_BYTES.
exec "$node" "$@" -e '(function (fs, program, head) { var parts = head.toString("latin1", 0, fs.readSync(program, head, 0, head.length, null)).split("\f"); eval(parts[1]) })(require("fs"), require("fs").openSync(process.argv[1], "r"), Buffer.alloc(HEAD_BYTES))' \
  -- "$0" "$PPID" 3>&1 >&2
