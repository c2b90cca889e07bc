"""All calendars in a form that two runs can be compared by."""

from tests.fake_google.calendars.model import Calendar, Copy
from tests.fake_google.calendars.rendering import View
from tests.fake_google.calendars.store import Store
from tests.fake_google.calendars.times import zone_of
from tests.fake_google.calls import Json

_NOISE = ("etag", "updated", "created", "sequence", "htmlLink", "kind")


def snapshot(store: Store) -> Json:
    """Return every event of every calendar that has any, by owner and id, in UTC, cancelled ones as just that.

    Left out is what differs between two runs that come to the same: `etag`, `created`, `updated`, `sequence`
    (a change made twice), `htmlLink`, `kind`. Kept is all else, the guests' answers and private properties too.
    """
    return {
        account.email: {
            id_: _event(store, account.calendar, copy)
            for id_, copy in sorted(account.calendar.copies.items())
        }
        for account in store.accounts
        if account.calendar.copies
    }


def _event(store: Store, calendar: Calendar, copy: Copy) -> Json:
    if copy.cancelled:
        return {"status": "cancelled"}
    shown = View(store, calendar, zone_of("UTC")).whole(copy)
    return {name: value for name, value in shown.items() if name not in _NOISE}
