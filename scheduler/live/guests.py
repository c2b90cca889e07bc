"""Facts about the second person: the mark they must not see, a date that they decline, the document, mails."""

from collections.abc import Iterable, Mapping
from typing import Any

from scheduler.google.client import Api
from scheduler.google.trouble import SignInFailed
from scheduler.live.finding import Finding, Untried, differs, holds
from scheduler.live.ground import Ground, after, if_there
from scheduler.live.interface import Check
from scheduler.live.scratch import MARK
from scheduler.live.syncing import dates

_KEPT = "an attached document stays on the series"
_SEES = "attaching a document gives nobody access to it"
_MAILS = "attaching sends no mail"
_HIDDEN = "the guest does not see the private property"
_DECLINES = "a date that the guest declines stays confirmed, with their answer on it"
_DOCUMENT = "application/vnd.google-apps.document"
_SECOND = 1


def _attached(ground: Ground) -> Iterable[Finding]:
    event, file = ground.event_id, ground.document
    attachment = {"fileUrl": file.address, "title": "Agenda", "mimeType": _DOCUMENT}
    ground.change(event, {"attachments": [attachment]}, supportsAttachments=True, fields="id")
    try:
        address = _attachment(ground)
    except Untried:
        then = "events show no agenda, and every run attaches it anew; it is in Drive, shared with the two"
        return (differs(_KEPT, then),)
    return (holds(_KEPT + ("" if address == file.address else f", as {address}")),)


def _attachment(ground: Ground) -> str:
    """Return the address of what is attached; raise Untried where nothing is."""
    told = ground.events("get", eventId=ground.event_id, fields="attachments/fileUrl").get("attachments", ())
    file = ground.document.id
    for each in told:
        if file in str(each.get("fileUrl")):
            return str(each["fileUrl"])
    why = "nothing is attached"
    raise Untried(why)


def _access(ground: Ground) -> Iterable[Finding]:
    guest, file, _ = ground.guest, ground.document, _attachment(ground)
    request = ground.google.collection(Api.DRIVE, "files").get(
        fileId=file.id, fields="permissions(type,emailAddress)"
    )
    told = ground.google.send(request, user=ground.user).get("permissions", ())
    if any(str(one.get("emailAddress", "")).lower() == guest for one in told):
        return (
            differs(
                _SEES,
                f"{guest} got access by it; the program shares a document before it attaches it, so nothing changes",
            ),
        )
    if any(one.get("type") in {"domain", "anyone"} for one in told):
        then = "new documents in this Drive are shared with more people than the two; see Drive's sharing settings"
        return (differs(_SEES, then),)
    return (holds(_SEES),)


def _mailed(ground: Ground) -> Iterable[Finding]:
    _attachment(ground)
    guest = ground.here.guest
    if guest is None:
        why = "nobody is on the series who could be told: --with EMAIL"
        raise Untried(why)
    why = f"no API shows that: ask {guest}, who should have got one mail, the invitation, and none after it"
    raise Untried(why)


def _hidden(ground: Ground) -> Iterable[Finding]:
    guest, event = ground.speaks_for_guest, ground.event_id
    copy, waited = _copy(ground, guest, event, "id,extendedProperties/private")
    if MARK.keys() & copy.get("extendedProperties", {}).get("private", {}).keys():
        then = "guests can see the key of a series, which names nobody"
        return (differs(_HIDDEN, then),)
    return (holds(_HIDDEN + after(waited)),)


def _declined(ground: Ground) -> Iterable[Finding]:
    guest = ground.speaks_for_guest
    date = str(dates(ground)[_SECOND]["id"])
    copy, _ = _copy(ground, guest, date, "attendees")
    answers = [
        {**one, "responseStatus": "declined"} if one.get("self") else one for one in copy.get("attendees", ())
    ]
    ground.events(
        "patch", user=guest, eventId=date, body={"attendees": answers}, sendUpdates="none", fields="id"
    )
    status, _ = ground.until(lambda: _seen_declined(ground, date, guest))
    if status is None:
        then = "a declined date counts as planned until the organizer's calendar shows it; please report it"
        return (differs(_DECLINES, then),)
    if status != "confirmed":
        return (differs(_DECLINES, f"it is {status}, and the program leaves it out"),)
    return (holds(_DECLINES),)


def _seen_declined(ground: Ground, date: str, guest: str) -> str | None:
    """Return the status of a date in the organizer's calendar, once it shows that the guest declined."""
    told = ground.events("get", eventId=date, fields="status,attendees(email,responseStatus)")
    declined = any(
        str(one.get("email", "")).lower() == guest and one.get("responseStatus") == "declined"
        for one in told.get("attendees", ())
    )
    return str(told.get("status")) if declined or told.get("status") == "cancelled" else None


def _copy(ground: Ground, guest: str, event: str, fields: str) -> tuple[Mapping[str, Any], float]:
    """Return the guest's copy of an event, and how late it appeared; raise Untried where it can't be seen."""

    def look() -> Mapping[str, Any] | None:
        return if_there(lambda: ground.events("get", user=guest, eventId=event, fields=fields))

    try:
        copy, waited = ground.until(look)
    except SignInFailed as error:  # somebody of another domain, for one
        why = f"the sign-in does not speak for {guest}: {error.what}"
        raise Untried(why) from None
    if copy is None:
        why = f"the series does not appear in the calendar of {guest}"
        raise Untried(why)
    return copy, waited


CHECKS = (
    Check(_KEPT, _attached),
    Check(_SEES, _access),
    Check(_MAILS, _mailed),
    Check(_HIDDEN, _hidden),
    Check(_DECLINES, _declined),
)
