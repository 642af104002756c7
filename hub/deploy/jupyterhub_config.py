"""JupyterHub in containers: each person's JupyterLab is a container of its own."""

import os
import sys

c = get_config()  # noqa: F821

sys.path.insert(0, "/petri/hub/jupyter")

import scopes  # noqa: E402
from petri_authenticator import PetriAuthenticator  # noqa: E402

env = os.environ

# --- addresses ---

# The container's only published port; compose binds it to the loopback address of the host.
c.JupyterHub.bind_url = "http://:8000"
# People's containers reach the Hub by its service name.
c.JupyterHub.hub_bind_url = "http://0.0.0.0:8081"
c.JupyterHub.hub_connect_ip = "hub"

# --- state, in a volume ---

# Logins, tokens and running servers, kept over restarts.
c.JupyterHub.db_url = "sqlite:////data/jupyterhub.sqlite"
# Kept over restarts, so that people stay signed in.
c.JupyterHub.cookie_secret_file = "/data/cookie_secret"
# A working week; the default is two.
c.JupyterHub.cookie_max_age_days = 7
# Cookies never ride on a request that another site caused.
c.JupyterHub.tornado_settings = {"cookie_options": {"samesite": "Lax"}}
# People's containers outlive a restart of the Hub, and their notebooks with them.
c.JupyterHub.cleanup_servers = False

# --- people ---

# Names and scrypt hashes from PETRI_PASSWORDS_FILE; whoever is in it may sign in.
c.JupyterHub.authenticator_class = PetriAuthenticator
# PetriAuthenticator.check_allowed is the allow list; the Hub need not warn that there is none.
c.Authenticator.any_allow_config = True
# Rights are rows in Petri's database; nobody rules the Hub itself over HTTP.
c.Authenticator.admin_users = set()

# --- servers ---

# Through the host's Docker socket: whoever holds the Hub holds the host.
c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
# Built by compose from singleuser.Dockerfile.
c.DockerSpawner.image = env["PETRI_SINGLEUSER_IMAGE"]
# The image's own command: Petri's singleuser.py.
c.DockerSpawner.cmd = None
# A network without a way out: people's code reaches the Hub, the gateway, REST and the store.
c.DockerSpawner.network_name = env["PETRI_LAB_NETWORK"]
# A person's home is a volume; the container is thrown away when it stops.
c.DockerSpawner.volumes = {"petri-home-{username}": "/home/jovyan"}
c.DockerSpawner.remove = True
c.DockerSpawner.notebook_dir = "/home/jovyan"
# JupyterLab, with the worked notebooks in view.
c.Spawner.default_url = "/lab/tree/notebooks"
# One person's notebook cannot starve the others'.
c.DockerSpawner.mem_limit = "4G"
c.DockerSpawner.cpu_limit = 2
# An init that reaps, and no way to more rights than an ordinary user's.
c.DockerSpawner.extra_host_config = {
    "init": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
}
# Kernels speak to the gateway directly: their bulk reads need no browser proxy.
c.Spawner.environment = {"PETRI_GATEWAY_URL": f"{env['PETRI_GATEWAY_URL']}/services/petri"}

# --- Petri as a service of the Hub ---

# At /services/petri/ behind the public address; the Hub does not wait for it.
c.JupyterHub.services = [
    {
        "name": "petri",
        "url": env["PETRI_GATEWAY_URL"],
        "api_token": env["PETRI_SERVICE_TOKEN"],
        "display": False,
        "timeout": 1,
    }
]
# Who may do what: see hub/jupyter/scopes.py.
c.JupyterHub.load_roles = scopes.ROLES
# What a kernel may do in its person's name.
c.Spawner.server_token_scopes = scopes.KERNEL
# What a page may do in its person's name.
c.Spawner.oauth_client_allowed_scopes = scopes.PAGE
