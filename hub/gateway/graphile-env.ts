// Read by Graphile's packages as they load, so imported before them.
process.env.GRAPHILE_ENV ??= 'production'
