"""``dateline people``: who may work in the workspace of a project, and as what."""

from __future__ import annotations

import getpass
import sys
from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli.options import HERE, ProjectOption
from dateline.cli.reviewing.review import WhoOption
from dateline.errors import printable_line

people_app = typer.Typer(
    help="Who may work in the workspace of a project. Once somebody has an account, people log in, and "
    "`dateline review` may listen on other addresses than this machine's.",
    short_help="Keep the accounts of the workspace.",
    no_args_is_help=True,
)


class Roles(StrEnum):
    """What a person may do: each also what those before may."""

    viewer = "viewer"
    reader = "reader"
    coder = "coder"
    adjudicator = "adjudicator"
    admin = "admin"


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name of the account.")]


@people_app.command("add")
def people_add(
    name: NameArgument,
    project: ProjectOption = HERE,
    role: Annotated[
        Roles,
        typer.Option(
            "--role",
            help="A viewer sees the data and no names of the team; a reader sees all and comments; a coder decides; an "
            "adjudicator assigns and settles; an admin keeps accounts. The first account is an admin's.",
        ),
    ] = Roles.coder,
    shown: Annotated[
        str, typer.Option("--shown", metavar="NAME", help="The name that stands on what the person decides.")
    ] = "",
    who: WhoOption = None,
) -> None:
    """Add a person. It prints a code, with which the person chooses a password in the browser.

    \b
        dateline people add ada --role admin --shown "Ada Lovelace" -p strikes
    """
    from dateline.review.guard import keeping
    from dateline.store import Project

    with Project.open(project) as store:
        code = keeping.add(store, name, shown, keeping.role_of(role.value), who or getpass.getuser())
    _hand_over(code)


@people_app.command("list")
def people_list(project: ProjectOption = HERE) -> None:
    """List the accounts: name, role, how each is shown, and whether it is set up, open, and has an authenticator.

    \b
        dateline people list -p strikes
    """
    from dateline.store import Project
    from dateline.store.review.accounts import every

    with Project.open(project) as store, store.database.reading() as db:
        for one in every(db):
            state = "closed" if not one.is_open else "open" if one.password else "not set up"
            second = ", authenticator" if one.totp else ""
            print(printable_line(f"{one.name:<20}  {one.role:<11}  {one.shown}  ({state}{second})"))


@people_app.command("role")
def people_role(
    name: NameArgument,
    role: Annotated[Roles, typer.Argument(metavar="ROLE", help="viewer, reader, coder, adjudicator or admin.")],
    project: ProjectOption = HERE,
    who: WhoOption = None,
) -> None:
    """Give a person another role, at once.

    \b
        dateline people role ada adjudicator -p strikes
    """
    from dateline.review.guard import keeping
    from dateline.store import Project

    with Project.open(project) as store:
        keeping.set_role(store, name, keeping.role_of(role.value), who or getpass.getuser())


@people_app.command("reset")
def people_reset(name: NameArgument, project: ProjectOption = HERE, who: WhoOption = None) -> None:
    """Have a person set the account up anew: after a lost password, or when somebody else may know it.

    The password, the authenticator, all sessions and all tokens are gone; it prints a code for a new password.

    \b
        dateline people reset ada -p strikes
    """
    from dateline.review.guard import keeping
    from dateline.store import Project

    with Project.open(project) as store:
        code = keeping.reset(store, name, who or getpass.getuser())
    _hand_over(code)


@people_app.command("close")
def people_close(name: NameArgument, project: ProjectOption = HERE, who: WhoOption = None) -> None:
    """Close an account. What the person decided stays, under the person's name; the name is not given again.

    \b
        dateline people close ada -p strikes
    """
    from dateline.review.guard import keeping
    from dateline.store import Project

    with Project.open(project) as store:
        keeping.close(store, name, who or getpass.getuser())


def _hand_over(code: str) -> None:
    print(code)
    print(
        "With this code the person chooses a password, at /login/set-up of the workspace. It works once, for seven "
        "days; hand it over so that nobody else reads it. Start `dateline review` anew where it runs without accounts.",
        file=sys.stderr,
    )
