#!/bin/sh
# A setting of the form @/run/secrets/NAME becomes what that file holds, as PostgREST reads its own:
# secrets reach a program in its memory, never in `docker inspect`.
set -eu
for setting in $(env | sed -n 's|^\([A-Z0-9_]*\)=@/run/secrets/.*|\1|p'); do
  eval "file=\${$setting#@}"
  export "$setting=$(cat "$file")"
done
exec "$@"
