#!/bin/sh
# Each login role's password is the one in its connection URL. Runs once, after roles.sql, in a new cluster.
set -eu
for role in authenticator worker migrator; do
  password=$(sed 's|^postgres://[^:]*:\([^@]*\)@.*|\1|' "/run/secrets/${role}_url")
  echo "alter role $role password :'password'" | psql --username postgres --dbname petri --set ON_ERROR_STOP=1 --set "password=$password" --quiet
done
