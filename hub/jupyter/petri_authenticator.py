"""Signs people in by name and password, from one file of scrypt hashes."""

import asyncio
import hashlib
import hmac
import json
import os
from collections import defaultdict
from pathlib import Path

from jupyterhub.auth import Authenticator
from traitlets import Unicode

SLOWEST_ANSWER_S = 8.0
# An unknown name costs the same work as a known one, so the time taken tells nothing.
NOBODY = "scrypt$16384$8$1$" + "00" * 16 + "$" + "00" * 32


def matches(password: str, stored: str) -> bool:
    """Whether `password` is the one behind `scrypt$N$r$p$<salt hex>$<key hex>`."""
    _, n, r, p, salt, key = stored.split("$")
    expected = bytes.fromhex(key)
    actual = hashlib.scrypt(
        password.encode(), salt=bytes.fromhex(salt), n=int(n), r=int(r), p=int(p), dklen=len(expected)
    )
    return hmac.compare_digest(actual, expected)


class Attempts:
    """One login's attempts: one at a time, each failure doubling the wait before the next."""

    def __init__(self):
        self.turn = asyncio.Lock()
        self.failures = 0

    def wait_s(self) -> float:
        return min(SLOWEST_ANSWER_S, 0.25 * 2**self.failures) if self.failures else 0.0


class PetriAuthenticator(Authenticator):
    passwords_file = Unicode(
        os.environ.get("PETRI_PASSWORDS_FILE", ""), help="JSON: {login: scrypt hash}"
    ).tag(config=True)

    # The login names a folder and part of a URL.
    username_pattern = r"[a-z][a-z0-9-]{0,31}\Z"

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.attempts = defaultdict(Attempts)

    def people(self) -> dict[str, str]:
        """Read anew each time: a password set while the Hub runs counts at once."""
        return json.loads(Path(self.passwords_file).read_text())

    def check_allowed(self, username, authentication=None):
        return username in self.people()

    async def refresh_user(self, user, handler=None):
        """Whoever has left the file is signed out within minutes (`auth_refresh_age`)."""
        return user.name in self.people()

    async def authenticate(self, handler, data):
        login = self.normalize_username(data["username"])
        stored = self.people().get(login)
        attempts = self.attempts[login if stored else ""]
        async with attempts.turn:
            await asyncio.sleep(attempts.wait_s())
            right = await asyncio.to_thread(matches, data["password"], stored or NOBODY)
            attempts.failures = 0 if right and stored else attempts.failures + 1
        return login if right and stored else None
