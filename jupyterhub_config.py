"""JupyterHub of the embedded stack: one machine, one account, loopback only.

Everybody's server runs under the same system account, so whoever can run a notebook here can read
what others keep here: one trust domain. `hub/deploy/jupyterhub_config.py` is the one for containers.
"""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821

ROOT = Path(__file__).resolve().parent
ROOM = ROOT / "hub" / "jupyter"
sys.path.insert(0, str(ROOM))

import install  # noqa: E402
import leash  # noqa: E402
import scopes  # noqa: E402
from petri_authenticator import PetriAuthenticator  # noqa: E402
from petri_spawner import PetriSpawner  # noqa: E402

env = os.environ
DATA = Path(env["PETRI_DATA_DIR"]).resolve()
HUB = DATA / "hub"
HOMES = DATA / "users"
GATEWAY = f"http://127.0.0.1:{env['PETRI_GATEWAY_PORT']}"

# The Hub's database holds token hashes and the homes hold people's work: nobody else reads them.
os.umask(0o077)
HUB.mkdir(parents=True, exist_ok=True)
HOMES.mkdir(parents=True, exist_ok=True)
# Proxy and user servers end with this process, even after kill -9.
leash.hold()
# Rewritten at each start: Node, tslab and the checkout may have moved since the last.
install.install(HOMES, ROOT / "node_modules")

# --- addresses: nothing listens beyond this machine ---

# The one address that people see.
c.JupyterHub.bind_url = f"http://127.0.0.1:{env['PETRI_PUBLIC_PORT']}"
# Where the proxy and the user servers find the Hub.
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{env['PETRI_HUB_PORT']}"
# Where the Hub tells the proxy its routes; the secret between them is CONFIGPROXY_AUTH_TOKEN.
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{env['PETRI_PROXY_API_PORT']}"
# The proxy comes with the workspace, and runs on the Node that the stack pinned.
c.ConfigurableHTTPProxy.command = [
    env["PETRI_NODE"],
    "--require",
    str(ROOM / "leash.cjs"),
    str(ROOT / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"),
]
# Forgotten at each start: the leash has ended the old proxy, and its number may be a stranger's now.
c.ConfigurableHTTPProxy.pid_file = str(HUB / "proxy.pid")
(HUB / "proxy.pid").unlink(missing_ok=True)

# --- state ---

# Logins, tokens and running servers, kept over restarts.
c.JupyterHub.db_url = f"sqlite:///{HUB / 'jupyterhub.sqlite'}"
# Kept over restarts, so that people stay signed in.
c.JupyterHub.cookie_secret_file = str(HUB / "cookie_secret")
# A working week; the default is two.
c.JupyterHub.cookie_max_age_days = 7
# Cookies never ride on a request that another site caused.
c.JupyterHub.tornado_settings = {"cookie_options": {"samesite": "Lax"}}

# --- people ---

# Names and scrypt hashes from PETRI_PASSWORDS_FILE; whoever is in it may sign in.
c.JupyterHub.authenticator_class = PetriAuthenticator
# PetriAuthenticator.check_allowed is the allow list; the Hub need not warn that there is none.
c.Authenticator.any_allow_config = True
# Rights are rows in Petri's database; nobody rules the Hub itself over HTTP.
c.Authenticator.admin_users = set()

# --- servers ---

# Processes of this account; no system users, no sudo.
c.JupyterHub.spawner_class = PetriSpawner
# `singleuser.py` ties the server to the Hub's life and brings the worked notebooks.
c.Spawner.cmd = [sys.executable, str(ROOM / "singleuser.py")]
# One file for laptop and containers.
c.Spawner.args = [f"--config={ROOM / 'jupyter_server_config.py'}"]
# A home of one's own below the data folder, which is also the notebooks' root.
c.SimpleLocalProcessSpawner.home_dir_template = f"{HOMES}/{{username}}"
c.Spawner.notebook_dir = f"{HOMES}/{{username}}"
# JupyterLab, with the worked notebooks in view.
c.Spawner.default_url = "/lab/tree/notebooks"
# User servers listen here and nowhere else.
c.Spawner.ip = "127.0.0.1"
# Kernels speak to the gateway directly: their bulk reads need no browser proxy.
c.Spawner.environment = {
    "PETRI_GATEWAY_URL": f"{GATEWAY}/services/petri",
    "PETRI_NOTEBOOKS_DIR": env["PETRI_NOTEBOOKS_DIR"],
    leash.HOLDER: env[leash.HOLDER],
}
# Ctrl-C ends within seconds also where a kernel hangs (30 s each by default).
c.LocalProcessSpawner.interrupt_timeout = 3
c.LocalProcessSpawner.term_timeout = 3

# --- Petri as a service of the Hub ---

# At /services/petri/ behind the public address. Both start side by side: the Hub waits one second
# for it, not thirty, and its route is there in any case.
c.JupyterHub.services = [
    {"name": "petri", "url": GATEWAY, "api_token": env["PETRI_SERVICE_TOKEN"], "display": False, "timeout": 1}
]
# Who may do what: see hub/jupyter/scopes.py.
c.JupyterHub.load_roles = scopes.ROLES
# What a kernel may do in its person's name.
c.Spawner.server_token_scopes = scopes.KERNEL
# What a page may do in its person's name.
c.Spawner.oauth_client_allowed_scopes = scopes.PAGE
