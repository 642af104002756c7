# Gateway, worker and init: the workspace's TypeScript, run by Node as it is.
FROM node:24.21.0-trixie-slim

WORKDIR /petri
COPY package.json package-lock.json ./
COPY db/package.json db/
COPY hub/package.json hub/
COPY kernel-lib/package.json kernel-lib/
COPY extension/package.json extension/
COPY bench/package.json bench/
# No embedded PostgreSQL, PostgREST or install scripts: the containers beside this one are those.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund -w @petri/db -w @petri/hub

COPY db db
COPY hub hub

USER node
ENTRYPOINT ["/petri/hub/deploy/entrypoint.sh"]
