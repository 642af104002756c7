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

# A cell's output is a script in the page, and the page holds its person's token: what the page runs
# may be loaded from, and may talk to, this lab alone (the object store is on a port of its own).
# JupyterLab itself needs inline code and eval.
LAB = "http://127.0.0.1:* http://*.localhost:*"
c.ServerApp.tornado_settings = {
    "headers": {
        "Content-Security-Policy": "; ".join(
            (
                "default-src 'self'",
                "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
                "style-src 'self' 'unsafe-inline'",
                "font-src 'self' data:",
                f"img-src 'self' data: blob: {LAB}",
                f"media-src 'self' data: blob: {LAB}",
                f"connect-src 'self' data: blob: {LAB}",
                "worker-src 'self' blob:",
                "frame-src 'self' data: blob:",
                "object-src 'self' blob:",
                "base-uri 'self'",
                "form-action 'self'",
                "frame-ancestors 'self'",
            )
        )
    }
}
