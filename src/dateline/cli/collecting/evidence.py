"""``dateline evidence``: what a project keeps of its reports, how it came, and how to hand it over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console
from dateline.cli.options import HERE, AllowHostOption, ContactOption, ProjectOption, Web
from dateline.errors import OptionError, StoreError, printable_line

if TYPE_CHECKING:
    from dateline.intake.retrieval import Retrieval
    from dateline.store.proof.pieces import Held

evidence_app = typer.Typer(
    help="The evidence of a project: how it was retrieved, what was read from it, its time stamps, how to hand it on.",
    short_help="Show, stamp and hand over the evidence.",
    no_args_is_help=True,
)

OfArgument = Annotated[
    str, typer.Argument(metavar="REPORT|HASH", help="A report, or how the SHA-256 of a piece of evidence begins.")
]


@evidence_app.command("list")
def evidence_list(project: ProjectOption = HERE) -> None:
    """List the evidence: how its hash begins, its size, when it was added, and what was read from it.

    \b
        dateline evidence list -p strikes
    """
    from dateline.store import Project
    from dateline.store.proof.pieces import held

    with Project.open(project) as store, store.database.reading() as db:
        for piece in held(db):
            what = ", ".join(report.id for report in piece.reports) or (
                f"no report ({piece.refused})" if piece.refused else "a list or a feed, no report of its own"
            )
            print(printable_line(f"{piece.sha256[:12]}  {piece.bytes:>11,}  {piece.added}  {what}"))


@evidence_app.command("show")
def evidence_show(of: OfArgument, project: ProjectOption = HERE) -> None:
    """Show the evidence of a report: its hash, how and when it was retrieved, its time stamps, and its versions.

    \b
        dateline evidence show wire-1 -p strikes
        dateline evidence show 4f1c09 -p strikes
    """
    from dateline.store import Project
    from dateline.store.door.versions import how, number_of, versions_of
    from dateline.store.proof.pieces import held, named

    with Project.open(project) as store, store.database.reading() as db:
        for piece in held(db, named(db, of)):
            print("\n".join(map(printable_line, _told(piece))))
            for report in piece.reports:
                known = versions_of(db, number_of(db, report.id))
                for n, version in enumerate(known):
                    what = how(version, known[n - 1]) if n else "the first version"
                    print(printable_line(f"version    {version.time}  {version.report}: {what}"))


def _told(piece: Held) -> list[str]:
    lines = [f"evidence   {piece.sha256}", f"bytes      {piece.bytes:,}"]
    lines.append(f"added      {piece.added} from {piece.origin}")
    if piece.refused:
        lines.append(f"no report  {piece.refused}")
    lines += [f"report     {report.id}" + (" (says the same)" if report.again else "") for report in piece.reports]
    for retrieval in piece.retrievals:
        lines += _retrieved(retrieval)
    return lines + [f"stamped    {s.time} by {s.service} (stamp {s.number})" for s in piece.stamps]


def _retrieved(retrieval: Retrieval) -> list[str]:
    when = f" at {retrieval.time}" if retrieval.time else ""
    lines = [f"retrieved  {retrieval.method}{when}"]
    lines += [f"  from     {hop.url} ({hop.status})" for hop in retrieval.hops]
    if retrieval.answered and all(hop.url != retrieval.answered for hop in retrieval.hops):
        lines.append(f"  from     {retrieval.answered}" + (f" ({retrieval.status})" if retrieval.status else ""))
    if retrieval.address:
        lines.append(f"  at       {retrieval.address}")
    if retrieval.within:
        lines.append(f"  within   {retrieval.within}")
    return lines + [f"  header   {name}: {value}" for name, value in retrieval.headers]


@evidence_app.command("diff")
def evidence_diff(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A report that has an earlier version.")],
    other: Annotated[
        str | None, typer.Argument(metavar="[OTHER]", help="The report to compare with; left out, the version before.")
    ] = None,
    project: ProjectOption = HERE,
) -> None:
    """Show what changed between a report and the version before it, paragraph by paragraph.

    \b
        dateline evidence diff wire-1@5f3a9c01.0 -p strikes
        dateline evidence diff wire-1@5f3a9c01.0 wire-1 -p strikes
    """
    from dateline.store import Project
    from dateline.store.door.changes import changes
    from dateline.store.door.versions import before, number_of
    from dateline.store.kept.reports import get_reports

    with Project.open(project) as store, store.database.reading() as db:
        new = number_of(db, report)
        old = number_of(db, other) if other is not None else before(db, new)
        if old is None:
            raise StoreError(f"the project has no version before {report!r}; name the report to compare it with")
        [(_, earlier), (_, later)] = get_reports(db, [old, new])
    print(printable_line(f"from {earlier.id} to {later.id}"))
    for change in changes(earlier, later):
        for sign, text in (("-", change.old), ("+", change.new)):
            if text is not None:
                print(printable_line(f"{sign} {text}"))


@evidence_app.command("export")
def evidence_export(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="A file that ends in .wacz or .warc.gz.")
    ],
    project: ProjectOption = HERE,
    report: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="REPORT|HASH", help="Only the evidence of this report. Can be given again."),
    ] = None,
) -> None:
    """Write evidence as a web archive that other tools open: WACZ, or the WARC records alone.

    A WACZ file also holds the time stamps over what is in it. Names of files and folders of yours are not written. The
    same evidence gives the same bytes. The evidence of what is marked as confidential is left out, and told by number.

    \b
        dateline evidence export -o strikes.wacz -p strikes
        dateline evidence export -o one.warc.gz --report wire-1 -p strikes
    """
    from dateline.export.archive.wacz import write
    from dateline.store import Project
    from dateline.store.proof.pieces import held, named, read
    from dateline.store.proof.stamps import files
    from dateline.store.review.marks import confidential

    if not output.name.endswith((".wacz", ".warc.gz")):
        raise OptionError(f"{output} is named as no web archive", "end it in .wacz, or in .warc.gz for records alone")
    with Project.open(project) as store, store.database.reading() as db:
        console.check_output(output, output.suffix.lstrip("."), (), store.files)
        names = [name for given in report for name in named(db, given)] if report else None
        every = list(held(db, names))
        if not every:
            raise StoreError(f"{project} holds no evidence; put reports in with: dateline add")
        marked = confidential(db)
        pieces = [piece for piece in every if not any(marked.touches(report.id) for report in piece.reports)]
        if not pieces:
            raise StoreError("all of this evidence is confidential, and nothing is written; take the marks away first")
        last = max(time for piece in pieces for time in (piece.added, *(stamp.time for stamp in piece.stamps)))
        more = list(files(db, [piece.sha256 for piece in pieces]))
        number = write(read(store.evidence, pieces), output, last, more)
    many = "" if number == 1 else "s"
    print(f"Wrote {number:,} record{many} of {len(pieces):,} pieces of evidence to {output}.", file=sys.stderr)
    if back := len(every) - len(pieces):
        kept = "1 piece of evidence is" if back == 1 else f"{back:,} pieces of evidence are"
        print(f"{kept} of confidential reports or rows and left out.", file=sys.stderr)


@evidence_app.command("stamp")
def evidence_stamp(
    project: ProjectOption = HERE, allow_host: AllowHostOption = None, contact: ContactOption = None
) -> None:
    """Have a service stamp the time on all evidence that bears no stamp yet (RFC 3161).

    The service is named in dateline.toml, with its certificates. It gets one hash, and no evidence. The stamp is
    checked before it is kept, and by `dateline verify` ever after.

    \b
        dateline evidence stamp -p strikes
    """
    from dateline.intake import Limits
    from dateline.store import Project
    from dateline.store.proof.stamps import certificates, stamp

    with Project.open(project) as store:
        service = store.settings.timestamps.service
        if service is None:
            raise OptionError(
                "dateline.toml names no service that stamps",
                'write under [timestamps]: service = "https://...", certificates = "FILE.pem"',
            )
        roots = certificates(store)
        fetcher = Web(tuple(allow_host or ()), contact).fetcher(Limits())
        assert fetcher is not None
        with fetcher:
            number, time = stamp(store, service, roots, lambda url, data, media: fetcher.post(url, data, media).data)
    if time is None:
        print("All evidence bears a stamp already.", file=sys.stderr)
    else:
        print(f"Stamped {number:,} piece{'' if number == 1 else 's'} of evidence: {time}.", file=sys.stderr)
