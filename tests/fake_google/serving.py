"""One request from the door to the answer: sign-in, faults, quotas, form, and then the service that does it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, RLock
from traceback import format_exc
from typing import Any

from tests.fake_google.answers import Answer, json_answer, refusal
from tests.fake_google.calls import ApiError, Handler
from tests.fake_google.faults import Fault, Faults, How
from tests.fake_google.log import Log
from tests.fake_google.mask import Mask, masked, parse_mask
from tests.fake_google.quota import Quota
from tests.fake_google.requests import (
    Asked,
    Violation,
    asked,
    call_of,
    check_answer,
    check_owned,
    check_scopes,
    granted,
)
from tests.fake_google.sign_in import SIGN_IN_PATHS, sign_in
from tests.fake_google.tokens import Grant, Tokens
from tests.fake_google.web import Delivery, Request

_CARRIED_OUT = {How.UNANSWERED, How.CUT_SHORT, How.SLOW, How.HANGING}


@dataclass
class Serving:
    """What requests meet; `violations` are requests, and answers, that the discovery documents do not allow."""

    tokens: Tokens
    handlers: Mapping[str, Handler]
    now: Callable[[], datetime]
    default_fields: Mapping[str, str] = field(default_factory=dict)
    latency: float = 0.0
    check_answers: bool = True
    faults: Faults = field(default_factory=Faults)
    log: Log = field(default_factory=Log)
    quotas: list[Quota] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    hooks: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    lock: RLock = field(default_factory=RLock)
    stopped: Event = field(default_factory=Event)

    def serve(self, request: Request) -> Delivery:
        """Answer a request, well or badly."""
        if request.path == "/fake/report":
            return Delivery(self._report())
        if self.latency:
            time.sleep(self.latency)
        if request.path in SIGN_IN_PATHS:
            return self._sign_in(request)
        try:
            wanted = asked(request)
        except Violation as violation:
            return Delivery(self._violated("", violation, 404))
        method = wanted.method.id
        try:
            grant = granted(self.tokens, wanted)
        except ApiError as error:
            return self._done(wanted, "", refusal(method, error))
        fault = self.faults.next(method, grant.user)
        if fault and fault.how not in _CARRIED_OUT:
            return self._done(wanted, grant.user, _unserved(method, fault))
        return self._done(wanted, grant.user, self._answer(wanted, grant), fault)

    def _report(self) -> Answer:
        """Tell a benchmark, from another process, what came; no part of Google."""
        return json_answer(200, {"requests": dict(self.log.by_method()), "violations": self.violations})

    def _sign_in(self, request: Request) -> Delivery:
        method = SIGN_IN_PATHS[request.path]
        fault = self.faults.next(method, "")
        answer: Answer | None = None
        if fault is None or fault.how in _CARRIED_OUT:
            with self.lock:
                answer = sign_in(self.tokens, request)
        elif fault.how is How.ANSWERED:
            answer = json_answer(fault.status, {"error": fault.reason, "error_description": fault.message})
        delivery = self._delivery(answer, fault)
        self.log.add(method, "", delivery.answer.status if delivery.answer else 0, request.body)
        return delivery

    def _answer(self, wanted: Asked, grant: Grant) -> Answer:
        """Carry a request out; all state is read and changed under the one lock."""
        method = wanted.method
        with self.lock:
            try:
                for quota in self.quotas:
                    quota.charge(method.id, grant.user)
                check_scopes(grant, method)
                call, mask = call_of(wanted, grant.user, self.now())
                check_owned(grant, method, call)
                self._interfere(method.id)
                if method.id not in self.handlers:
                    return self._violated(method.id, Violation(f"the fake does not serve {method.id}"), 501)
                found = self.handlers[method.id](call)
                if self.check_answers:
                    check_answer(method, found)
                return _wrapped(found, mask or parse_mask(self.default_fields.get(method.id, "*")))
            except ApiError as error:
                return refusal(method.id, error)
            except Violation as violation:
                return self._violated(method.id, violation, 400)
            except Exception:  # noqa: BLE001 - a fault of the fake's own must not look like one of the network
                return self._violated(method.id, Violation(f"the fake failed: {format_exc()}"), 400)

    def _interfere(self, method: str) -> None:
        """Let happen what was to happen just before the next request of this method."""
        for hook in [hook for hook in self.hooks if hook[0] == method]:
            self.hooks.remove(hook)
            hook[1]()

    def _violated(self, method: str, violation: Violation, status: int) -> Answer:
        self.violations.append(str(violation))
        reason = "notFound" if status == 404 else "badRequest"
        return refusal(method, ApiError(status, reason, str(violation)))

    def _done(self, wanted: Asked, user: str, answer: Answer | None, fault: Fault | None = None) -> Delivery:
        """Let a fault have its way with the answer, and write the request down."""
        delivery = self._delivery(answer, fault)
        status = delivery.answer.status if delivery.answer else 0
        request = wanted.request
        self.log.add(wanted.method.id, user, status, (request.path, request.query, request.body))
        return delivery

    def _delivery(self, answer: Answer | None, fault: Fault | None) -> Delivery:
        if fault is None or answer is None:
            return Delivery(answer)
        if fault.how in {How.SLOW, How.HANGING}:
            self.stopped.wait(fault.seconds)
        if fault.how is How.UNANSWERED:
            return Delivery(None)
        return Delivery(answer, cut=fault.how is How.CUT_SHORT)


def _unserved(method: str, fault: Fault) -> Answer | None:
    if fault.how is How.LOST:
        return None
    error = ApiError(fault.status, fault.reason, fault.message, fault.domain)
    return refusal(method, error, fault.retry_after)


def _wrapped(found: Any, mask: Mask) -> Answer:  # noqa: ANN401 - what a handler returned
    if found is None:
        return Answer(204)
    if isinstance(found, bytes):
        return Answer(200, found, "application/octet-stream")
    return json_answer(200, masked(found, mask))
