"""Drive's refusals, and who gets which: no access is 404, too little of it is 403."""

from tests.fake_google.calls import ApiError, Call
from tests.fake_google.library import File, Library, Role


def may(library: Library, call: Call, role: Role) -> File:
    """Return the file that a call is about; raise ApiError where its user lacks the role."""
    file_id = call.parameters["fileId"]
    seen = library.seen_by(file_id, call.user)
    if seen is None:
        raise missing(file_id)
    file, has = seen
    if has < role:
        raise forbidden()
    return file


def missing(file_id: str) -> ApiError:
    """Return that there is no such thing, or none that this program and this user can know of."""
    return ApiError(404, "notFound", f"File not found: {file_id}.")


def forbidden() -> ApiError:
    """Return that the user sees the file, and may not do this with it."""
    message = "The user does not have sufficient permissions for this file."
    return ApiError(403, "insufficientFilePermissions", message)


def invalid(message: str = "Invalid Value") -> ApiError:
    """Return that a parameter or a field is wrong."""
    return ApiError(400, "invalid", message)


def not_in_fake(library: Library, what: str) -> ApiError:
    """Note, and return, that the fake does not have what was asked for."""
    library.unsupported.append(what)
    return ApiError(400, "badRequest", f"The fake does not have {what}.")
