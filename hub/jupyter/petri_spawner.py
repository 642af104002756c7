"""Runs each person's server as a process of the Hub's own account, for as long as the Hub lives."""

from jupyterhub.spawner import SimpleLocalProcessSpawner


class PetriSpawner(SimpleLocalProcessSpawner):
    def load_state(self, state):
        """Forget the last Hub's process ids: its servers ended with it (`leash.py`), so after a
        restart such an id belongs to somebody else's process, which the Hub would signal."""
