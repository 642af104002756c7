"""A person's JupyterLab: the same on the laptop and in containers."""

c = get_config()  # noqa: F821

# Containers and CI run as root; the sign-in is the Hub's either way.
c.ServerApp.allow_root = True
# A new notebook is a TypeScript one.
c.MultiKernelManager.default_kernel_name = "tslab"
# The extension manager and the news ask servers outside the lab.
c.LabApp.extension_manager = "readonly"
c.LabApp.news_url = None
# No language server is installed; looking for one runs npm at each start.
c.LanguageServerManager.autodetect = False
# Deleted means deleted: no hidden copy in a trash folder of the home.
c.FileContentsManager.delete_to_trash = False
# Cells answer with large tables; the default cuts them at 1 MB/s.
c.ZMQChannelsWebsocketConnection.iopub_data_rate_limit = 100_000_000
