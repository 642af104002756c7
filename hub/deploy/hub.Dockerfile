# JupyterHub and its proxy, with Petri's way to sign in.
FROM quay.io/jupyterhub/jupyterhub:6.1.1

RUN python3 -m pip install --no-cache-dir dockerspawner==14.0.0

WORKDIR /petri
COPY hub/jupyter hub/jupyter
COPY hub/deploy hub/deploy

ENTRYPOINT ["/petri/hub/deploy/entrypoint.sh"]
CMD ["jupyterhub", "--config", "/petri/hub/deploy/jupyterhub_config.py"]
