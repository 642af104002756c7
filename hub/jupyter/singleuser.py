"""A person's server: tied to the Hub's life, the worked notebooks at hand, then JupyterLab."""

import os
import shutil
import sys
from pathlib import Path

import leash
from jupyterhub.singleuser import main


def bring_notebooks(source: Path, target: Path) -> None:
    """Copy what is not there yet. A file that exists is the person's own."""
    target.mkdir(parents=True, exist_ok=True)
    for file in [*source.rglob("*.ipynb"), *source.rglob("*.csv")]:
        copy = target / file.relative_to(source)
        if not copy.exists() and ".ipynb_checkpoints" not in file.parts:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


if __name__ == "__main__":
    leash.tie()
    bring_notebooks(Path(os.environ["PETRI_NOTEBOOKS_DIR"]), Path.home() / "notebooks")
    sys.exit(main())
