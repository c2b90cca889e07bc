"""Addresses, hidden: what the mirror keeps in their place, so that it names nobody.

A keyed digest of each address is kept. Who knows an address finds it there again, and the program knows those of the
roster; of everybody else there is no more than that it is somebody, and the same person as on another date.
"""

from collections.abc import Iterable
from hashlib import blake2b

_SIZE = 7  # bytes: of a million addresses no two are likely to share one
_NOBODY = "@somebody.invalid"


class Veil:
    """Hides addresses by a secret word, and tells those again that it was told."""

    def __init__(self, secret: bytes, known: Iterable[str] = ()) -> None:
        """Know these addresses, in whatever case."""
        self._secret = secret
        self._hidden: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self.know(known)

    def know(self, addresses: Iterable[str]) -> None:
        """Know these addresses, too."""
        self._known |= {self.hide(address): address.lower() for address in addresses}

    def hide(self, address: str) -> str:
        """Return what is kept in place of an address; nothing where there is none. Case does not matter."""
        address = address.lower()
        found = self._hidden.get(address)
        if found is None:
            told = blake2b(address.encode("utf-8", "surrogatepass"), digest_size=_SIZE, key=self._secret)
            found = self._hidden[address] = told.hexdigest() if address else ""
        return found

    def tell(self, hidden: str) -> str:
        """Return the address where it is known; else one that is nobody's, and the same for the same person."""
        return self._known.get(hidden) or f"{hidden}{_NOBODY}"
