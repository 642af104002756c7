"""Puts Petri's kernel, settings and libraries where Jupyter looks for them."""

import json
import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What a notebook may import by name, beside what a person installs in their own home.
LIBRARIES = ("apache-arrow", "ml-levenberg-marquardt")


def install_kernel(prefix: Path, node: str, tslab: str) -> None:
    spec = {
        "argv": [node, str(HERE / "kernel.cjs"), tslab, "kernel", "--config-path", "{connection_file}"],
        "display_name": "TypeScript (Petri)",
        "language": "typescript",
        "interrupt_mode": "signal",
    }
    folder = prefix / "share/jupyter/kernels/tslab"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kernel.json").write_text(json.dumps(spec, indent=2))


def install_settings(prefix: Path) -> None:
    folder = prefix / "share/jupyter/lab/settings"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("overrides.json", "page_config.json"):
        shutil.copyfile(HERE / name, folder / name)


def link_libraries(homes: Path, client: Path, modules: Path) -> None:
    """Both TypeScript and Node look for packages in the folders above a notebook."""
    link(homes / "node_modules/@petri/client", client)
    for name in LIBRARIES:
        link(homes / "node_modules" / name, modules / name)


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target.resolve(), target_is_directory=True)


def install(homes: Path, modules: Path) -> None:
    prefix = Path(sys.prefix)
    install_kernel(prefix, os.environ["PETRI_NODE"], os.environ["PETRI_TSLAB"])
    install_settings(prefix)
    link_libraries(homes, Path(os.environ["PETRI_CLIENT_DIR"]), modules)


if __name__ == "__main__":
    install(*map(Path, sys.argv[1:3]))
