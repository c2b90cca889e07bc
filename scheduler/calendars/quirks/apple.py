"""What Apple's Calendar writes in its own way."""

from collections.abc import Mapping

from scheduler.calendars.content import Property
from scheduler.meetings import Busy

BUSY_PROPERTIES = ("X-APPLE-EWS-BUSYSTATUS",)
_BUSY = {
    "FREE": Busy.FREE,
    "TENTATIVE": Busy.TENTATIVE,
    "BUSY": Busy.BUSY,
    "OOF": Busy.OUT_OF_OFFICE,
    "UNAVAILABLE": Busy.OUT_OF_OFFICE,
}


def busy(values: Mapping[str, str]) -> Busy | None:
    """Return what Apple's Calendar says for an Exchange account, or None."""
    return _BUSY.get(values.get(BUSY_PROPERTIES[0], "").strip().upper())


def address(line: Property) -> str:
    """Return the address in the EMAIL parameter, which stands where the value is a `urn:uuid:` or a path.

    Others have taken it over since (RFC 7986, section 6.2).
    """
    return line.parameters.get("EMAIL", "")
