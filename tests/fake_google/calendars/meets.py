"""Video meetings: made on demand, once for each `requestId`."""

from hashlib import sha256
from typing import Any

from tests.fake_google.calendars.model import Event
from tests.fake_google.calls import Json


def with_meet(event: Event, asked: Json | None, *, allowed: bool) -> Json:
    """Return `conferenceData` and `hangoutLink` as they are after a write that asks for `asked`.

    Without conferenceDataVersion=1 (`allowed`) nothing changes. A requestId that the event has seen is ignored.
    """
    old: Json = {
        name: event.content[name] for name in ("conferenceData", "hangoutLink") if name in event.content
    }
    if not allowed:
        return old
    if not asked:
        return {}
    request = asked.get("createRequest")
    if not request or request.get("requestId") in (event.meets or {}):
        return old
    made = _meet(request)
    event.meets = {**(event.meets or {}), request["requestId"]: made}
    return made


def _meet(request: Json) -> Json:
    digits = (
        sha256(request["requestId"].encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))
    )
    code = f"{digits[:3]}-{digits[3:7]}-{digits[7:10]}"
    uri = f"https://meet.google.com/{code}"
    key: Any = {"type": "hangoutsMeet"}
    data = {
        "createRequest": {
            "requestId": request["requestId"],
            "conferenceSolutionKey": request.get("conferenceSolutionKey", key),
            "status": {"statusCode": "success"},
        },
        "entryPoints": [{"entryPointType": "video", "uri": uri, "label": uri.removeprefix("https://")}],
        "conferenceSolution": {"key": key, "name": "Google Meet"},
        "conferenceId": code,
    }
    return {"conferenceData": data, "hangoutLink": uri}
