"""The settings: one's own account, its sessions and tokens, the people, and how the project codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Body, Form, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from dateline.errors import ReviewError
from dateline.review.guard import codes, keeping
from dateline.review.guard.gate import cookie_of
from dateline.review.guard.login import change_password
from dateline.review.guard.who import Here, Viewer, account_of, guard_of
from dateline.review.web.page import page
from dateline.review.workspace import Workspace
from dateline.store.review import accounts, sessions, tokens
from dateline.store.review.people import ROLES, Person
from dateline.store.review.tokens import SCOPES

router = APIRouter()
Words = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the project as it is now."""

    name: str
    value: str


@router.get("/settings")
def settings(request: Request, here: Here, person: Viewer) -> Response:
    """The page."""
    return shown(request, here, person)


@router.post("/settings/password")
def password(request: Request, here: Here, person: Viewer, current: Words, new: Words, repeated: Words) -> Response:
    """Change one's password: all other sessions end."""
    session, account = account_of(request)
    try:
        guard_of(request).log_in.again(account.name, current)
        if new != repeated:
            raise ReviewError("the two new passwords differ; type the same twice")
        key = change_password(here.project, account, new, session.key)
    except ReviewError as error:
        return shown(request, here, person, words=str(error), status=422)
    answer = RedirectResponse("/settings?done=password", 303)
    cookie_of(answer, guard_of(request).door, key)
    return answer


@router.post("/settings/authenticator")
def authenticator(request: Request, here: Here, person: Viewer, secret: Words = "", code: Words = "") -> Response:
    """Begin to use an authenticator: its picture first, then the code that it shows."""
    _, account = account_of(request)
    if account.totp is not None:
        return shown(request, here, person, words="you use an authenticator already; turn it off first", status=422)
    if not secret:
        return _scanning(request, person, codes.new_secret())
    try:
        made = keeping.turn_on(here.project, account, secret, code)
    except ReviewError as error:
        if not codes.is_secret(secret):
            return shown(request, here, person, words=str(error), status=422)
        return _scanning(request, person, secret, words=str(error), status=422)
    return page(request, "once.html", person, title="Recovery codes", kind="recovery", made=made)


@router.post("/settings/authenticator/off")
def authenticator_off(request: Request, here: Here, person: Viewer, current: Words) -> Response:
    """Use the authenticator no more; the password is asked for."""
    _, account = account_of(request)
    try:
        guard_of(request).log_in.again(account.name, current)
    except ReviewError as error:
        return shown(request, here, person, words=str(error), status=422)
    keeping.turn_off(here.project, account)
    return RedirectResponse("/settings?done=authenticator", 303)


@router.post("/settings/recovery")
def recovery(request: Request, here: Here, person: Viewer, current: Words) -> Response:
    """New recovery codes; the password is asked for."""
    _, account = account_of(request)
    try:
        guard_of(request).log_in.again(account.name, current)
    except ReviewError as error:
        return shown(request, here, person, words=str(error), status=422)
    made = keeping.new_recovery(here.project, account)
    return page(request, "once.html", person, title="Recovery codes", kind="recovery", made=made)


@router.post("/settings/sessions/end")
def end_sessions(request: Request, here: Here, _: Viewer) -> Response:
    """End all sessions but this one."""
    session, account = account_of(request)
    now = here.project.now()
    with here.project.database.writing() as db:
        ended = sessions.end_all(db, account.name, but=session.key)
        accounts.audit(db, now, account.shown, "sessions ended", account.name, sessions=str(ended))
    return RedirectResponse("/settings?done=sessions", 303)


@router.post("/settings/tokens")
def make_token(
    request: Request,
    here: Here,
    person: Viewer,
    current: Words,
    label: Words = "",
    scope: Words = "read",
    days: Words = "90",
) -> Response:
    """Make a token for a program; the password is asked for, and the token shown once."""
    _, account = account_of(request)
    try:
        guard_of(request).log_in.again(account.name, current)
        wanted = next((one for one in SCOPES if one == scope), None)
        if wanted is None or not days.isascii() or not days.isdigit() or len(days) > 4:
            raise ReviewError("choose what the token may do, and for how many days; 0: until you take it back")
        made = keeping.make_token(here.project, account, label, wanted, int(days) or None)
    except ReviewError as error:
        return shown(request, here, person, words=str(error), status=422)
    return page(request, "once.html", person, title="Your token", kind="token", made=(made,))


@router.post("/settings/tokens/end")
def end_token(request: Request, here: Here, _: Viewer, number: Annotated[int, Form()]) -> Response:
    """Take a token back."""
    account = account_of(request)[1]
    keeping.end_token(here.project, account.name, number, account.shown)
    return RedirectResponse("/settings?done=token", 303)


@router.get("/settings/preferences")
def preferences(request: Request, _: Viewer) -> Response:
    """What the person prefers, such as keys; no content where nobody logs in: the browser alone keeps it then."""
    found = getattr(request.state, "session", None)
    return Response(status_code=204) if found is None else JSONResponse(dict(found[1].preferences))


@router.put("/settings/preferences")
def prefer(request: Request, here: Here, _: Viewer, values: Annotated[dict[str, Any], Body()]) -> Response:
    """Change some preferences; null takes one away."""
    account = account_of(request)[1]
    return JSONResponse(dict(keeping.prefer(here.project, account.name, values)))


def shown(
    request: Request, here: Workspace, person: Person, *, words: str = "", status: int = 200, done: str = ""
) -> Response:
    """The settings as they are now, with a word on what could not be done."""
    found = getattr(request.state, "session", None)
    now = here.project.now()
    with here.project.database.reading() as db:
        people = tuple(accounts.every(db)) if person.may("admin") else ()
        own = tuple(sessions.sessions_of(db, person.name, now)) if found else ()
        made = tuple(one for one in tokens.tokens_of(db, person.name) if one.is_live(now)) if found else ()
    return page(
        request,
        "settings.html",
        person,
        status,
        title="Settings",
        words=words,
        done=done or request.query_params.get("done", ""),
        account=found[1] if found else None,
        session=found[0] if found else None,
        sessions=own,
        tokens=made,
        people=people,
        roles=ROLES,
        scopes=SCOPES,
        read_only=guard_of(request).door.is_read_only,
        settings=_settings(here),
        folder=str(here.project.folder),
    )


def _settings(here: Workspace) -> tuple[Setting, ...]:
    """How the project codes and links: what is in its file, which is changed in an editor."""
    now = here.project.settings
    names = now.coding.__dataclass_fields__
    found = [Setting(name, str(getattr(now.coding, name))) for name in names]
    found.append(Setting("publishers", now.publishers))
    found += [Setting(f"policy of {field}", policy) for field, policy in now.policies.items()]
    return tuple(one for one in found if one.value not in {"None", "()"})


def _scanning(request: Request, person: Person, secret: str, *, words: str = "", status: int = 200) -> Response:
    address, picture = codes.picture(secret, person.name, "dateline")
    values = {"title": "Your authenticator", "secret": secret, "address": address, "picture": picture, "words": words}
    return page(request, "authenticator.html", person, status, **values)
