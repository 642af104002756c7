"""Who may do what at the Hub, and how the gateway tells a kernel's token from a page's.

Read off GET /hub/api/user with each token of JupyterHub 6.1.1:

  kernel   $JUPYTERHUB_API_TOKEN   kind user      session_id null       scopes: KERNEL
  page     PageConfig.token        kind user      session_id a string   scopes: PAGE
  gateway  its service token       kind service   session_id null       scopes: none

Neither of a person's two may make tokens, start servers or read other people. Scopes are frozen when
a token is issued: after a change here, the people's servers must be restarted.

The gateway needs no right: it names people by their own tokens, and checks a password again by
POST /hub/api/users/NAME/tokens without a token, where the `auth` in the body speaks for the person.
"""

USE_PETRI = "access:services!service=petri"

# What people may do themselves, and use Petri; no token can carry more than its person.
ROLES = [{"name": "user", "scopes": ["self", USE_PETRI]}]

# What a server's own token always has, its person's name, and Petri.
KERNEL = ["users:activity!user", "access:servers!server", "read:users:name!user", USE_PETRI]

# Beside the access to its own server, which is always included.
PAGE = ["read:users:name!user", USE_PETRI]
