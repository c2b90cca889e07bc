"""The pages of sign-in: the token endpoint, revocation, and the page on which a person consents."""

from base64 import b64decode
from urllib.parse import parse_qs, unquote

from tests.fake_google.answers import Answer, json_answer
from tests.fake_google.tokens import Refused, Tokens
from tests.fake_google.web import Request

SIGN_IN_PATHS = {"/token": "oauth.token", "/revoke": "oauth.revoke", "/o/oauth2/auth": "oauth.consent"}


def sign_in(tokens: Tokens, request: Request) -> Answer:
    """Answer a request for one of the pages; the consent page answers at once, as the person at it decided before."""
    form = _form(request.query) | _form(request.body.decode()) | _client(request)
    try:
        if request.path == "/o/oauth2/auth":
            return Answer(302, headers={"Location": tokens.consent(form)})
        if request.path == "/revoke":
            tokens.revoke_token(form.get("token", ""))
            return json_answer(200, {})
        return json_answer(200, tokens.answer(form))
    except Refused as error:
        return json_answer(error.status, error.answer)


def _client(request: Request) -> dict[str, str]:
    """Return the client's id and secret where they come in a header of their own (RFC 6749, section 2.3.1)."""
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme != "Basic":
        return {}
    id_, _, secret = b64decode(text).decode().partition(":")
    return {"client_id": unquote(id_), "client_secret": unquote(secret)}


def _form(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}
