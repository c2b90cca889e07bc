"""File names of the export: readable, and safe whatever stands in an address."""

from hashlib import sha256

_LONGEST = 120
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789@.+_=-")


def person_file(email: str) -> str:
    """Return `people/<email>.ics`."""
    return f"people/{_safe(email)}.ics"


def pair_file(manager: str, report: str, *, earlier: int | None = None) -> str:
    """Return `pairs/<manager>--<report>.ics`; a series that a newer one replaced has its number before the end.

    `--` is what parts the two, so inside an address it is written `-%2D`.
    """
    two = (_safe(email).replace("--", "-%2D") for email in (manager, report))
    return f"pairs/{'--'.join(two)}{'' if earlier is None else f'.{earlier}'}.ics"


def _safe(email: str) -> str:
    """Write an address as a file name: lower case, anything unusual as `%XX`, never hidden, never too long."""
    name = "".join(
        character
        if character in _KEPT
        else "".join(f"%{octet:02X}" for octet in character.encode("utf-8", "replace"))
        for character in email.lower()
    )
    if name.startswith("."):
        name = f"%2E{name[1:]}"
    if len(name) > _LONGEST:
        name = f"{name[:80]}~{sha256(email.lower().encode('utf-8', 'replace')).hexdigest()[:16]}"
    return name
