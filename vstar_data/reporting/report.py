"""Writing the report of a run, and keeping the one in its folder up to date."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from vstar_data.errors import UsageError
from vstar_data.files import write_whole
from vstar_data.reporting.inputs import inputs_digest, is_current


def report_file(run: Path) -> Path:
    """Returns where the report of a run lies."""
    return run / "report.html"


def write_report(run: Path, output: Path | None = None) -> Path:
    """Draws the report of a run and writes it. The same run gives the same bytes.

    Args:
        run: The folder of a run that was assembled.
        output: The file to write, replaced whole; report.html in the run by default.

    Returns:
        The file.

    Raises:
        UsageError: There is no run, or it has no dataset; the output is a folder.
        StorageError: A file cannot be read or written.
        OSError: A file cannot be read.
    """
    path = report_file(run) if output is None else output
    if path.is_dir():
        raise UsageError(
            "The report cannot be written.", where=str(path), expected="a file", found="a folder", mend="name a file"
        )
    # The inputs are read before anything else: what changes meanwhile makes the report outdated, not wrong for good.
    digest = inputs_digest(run)
    write_whole(path, _drawn(run, digest))
    return path


def refresh_report(run: Path) -> Path:
    """Draws the report in the folder of a run, if there is none or what it rests on has changed.

    Raises:
        UsageError, StorageError, OSError: As `write_report` does.
    """
    path = report_file(run)
    return path if is_current(path, inputs_digest(run)) else write_report(run)


def _drawn(run: Path, digest: str) -> bytes:
    from vstar_data.reporting.course import course
    from vstar_data.reporting.errors import errors
    from vstar_data.reporting.examples import examples
    from vstar_data.reporting.leftovers import leftovers
    from vstar_data.reporting.markup import Part, line
    from vstar_data.reporting.material import gather
    from vstar_data.reporting.page import page
    from vstar_data.reporting.parts import code, notice
    from vstar_data.reporting.pictures import KeyFrames
    from vstar_data.reporting.verdicts import audit, verdicts
    from vstar_data.reporting.yields import headline, yields

    material = gather(run)
    manifest, findings = material.manifest, material.findings
    frames = KeyFrames(material.workshop.folder, material.workshop.recipe)
    head: list[Part] = []
    assembled, accepted = (
        sum(group[name] for group in manifest["counts"]["answers"]) for name in ("answers", "accepted")
    )
    if (assembled, accepted) != (findings.answers, findings.right):
        head.append(
            notice(
                f"The run holds {findings.answers:,} judged answers, {findings.right:,} of them accepted; its dataset "
                f"was assembled from {assembled:,}, {accepted:,} of them accepted. Yields and reasons are of the "
                "dataset, classes, errors and examples of the run. ",
                code("vstar-data assemble RUN"),
                " brings them together.",
            )
        )
    verifier = manifest["verifier"]
    return page(
        f"{manifest['name']}: how the run went",
        [
            f"Model {line(manifest['model'])}",
            f"Verifier: profile {verifier['profile']}, version {verifier['version']} · cycle {manifest['cycle']}",
        ],
        [headline(material), *head],
        [
            yields(material),
            verdicts(material),
            errors(material),
            course(material),
            leftovers(material),
            audit(material),
            *examples(findings.accepted.chosen(), findings.rejected.chosen(), frames),
        ],
        digest=digest,
        made_with=version("vstar-data"),
    )
