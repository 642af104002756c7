# One person's JupyterLab: the extension, the TypeScript kernel and the client.
FROM node:24.21.0-trixie-slim AS build

WORKDIR /petri
COPY . .
RUN npm ci --omit=optional --ignore-scripts --no-audit --no-fund \
 && npm run build -w kernel-lib \
 && npm run build -w extension

FROM python:3.13-slim-trixie

# git, for people's own repositories.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 jovyan

COPY hub/jupyter/requirements.txt /tmp/
RUN pip install --no-cache-dir --requirement /tmp/requirements.txt

ENV PETRI_NODE=/usr/local/bin/node \
    PETRI_TSLAB=/petri/node_modules/tslab/bin/tslab \
    PETRI_CLIENT_DIR=/petri/kernel-lib \
    PETRI_NOTEBOOKS_DIR=/petri/notebooks \
    # The container's init (`init: true`) is the parent that the leash watches.
    PETRI_LEASH_PID=1

COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /petri/node_modules /petri/node_modules
COPY --from=build /petri/kernel-lib /petri/kernel-lib
COPY --from=build /petri/extension/labextension /usr/local/share/jupyter/labextensions/@petri/jupyterlab
COPY hub/jupyter /petri/hub/jupyter
COPY notebooks /petri/notebooks
RUN python /petri/hub/jupyter/install.py /home /petri/node_modules

USER jovyan
WORKDIR /home/jovyan
CMD ["python", "/petri/hub/jupyter/singleuser.py", "--config=/petri/hub/jupyter/jupyter_server_config.py"]
