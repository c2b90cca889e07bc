"""What was agreed so far."""

from datetime import datetime


def earlier_agendas(now: datetime) -> dict[str, str]:
    return {}
