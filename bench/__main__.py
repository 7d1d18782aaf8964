"""Times presscheck, bare Hugo and others side by side on the same posts: `python -m bench --help`."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import NoReturn

from bench import peers, report
from bench.bed import ROOT, Bed
from bench.jobs import JOBS, YARDSTICK, Job
from bench.rounds import Result, play
from bench.targets import MEASURES, Figures, failures, verdicts

PAGE = ROOT / "content" / "docs" / "speed.md"
PICTURE = ROOT / "static" / "images" / "speed.svg"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit with 0 when all of ours ran, met targets or not; with 1 when one failed; with 2 for a wrong option."""
    parser = _parser()
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _terminated)
    if options.jobs == ["list"]:
        for each in (*JOBS, *peers.all_jobs(Path())):
            print(f"{each.name.ljust(20)} {each.says.replace('`', '')}")
        return 0
    chosen = [job for job in JOBS if job.name == YARDSTICK or _matches(job.name, options.jobs)]
    unknown = [word for word in options.jobs if not any(fnmatch(job.name, word) for job in JOBS)]
    unknown += [name for name in options.peers if name not in {"all", "none", *peers.NAMES}]
    if unknown:
        parser.error(f"there is no job or peer `{unknown[0]}`; `--jobs list` lists them")
    with _folder(options.keep) as folder:
        wanted = peers.wanted(options.peers)
        installed = [peers.install(peer, options.peer_folder or folder / "peers", _say) for peer in wanted]
        jobs = [*chosen, *(job for each in installed for job in each.jobs)]
        figures = _figures(folder, jobs, options)
    versions = {each.peer.name: each.version for each in installed if each.version}
    print(report.text(figures, versions), end="")
    if options.json:
        options.json.write_text(json.dumps(_plain(figures, versions), indent=1) + "\n", "utf-8")
    if options.write:
        generated = report.section(figures, versions, options.rounds, datetime.now(UTC).date())
        report.write(PAGE, PICTURE, generated, figures)
    return int(any(each.job.is_ours for each in failures([*figures.results, *figures.growth])))


def _figures(folder: Path, jobs: list[Job], options: argparse.Namespace) -> Figures:
    results: list[Result] = []
    growth: list[Result] = []
    for posts in sorted({*options.posts, *options.growth}):
        alone = posts not in options.posts
        asked = (
            [job for job in JOBS if job.name == "check-cold"]
            if alone
            else _affordable(jobs, posts, options.peers_up_to)
        )
        bed = Bed(folder / str(posts), posts, options.seed, options.time_limit)
        (growth if alone else results).extend(play(bed, asked, options.rounds, _say))
        if not options.keep:
            bed.remove()
    return Figures(tuple(results), tuple(growth))


def _affordable(jobs: list[Job], posts: int, most: int) -> list[Job]:
    """All of ours, and of the others those that a target names, or all up to `most` posts."""
    return [job for job in jobs if job.is_ours or posts <= most or job.name in MEASURES]


def _plain(figures: Figures, versions: dict[str, str]) -> dict[str, object]:
    """The figures as JSON can hold them."""
    results = [
        {
            "job": each.job.name,
            "posts": each.posts,
            "seconds": [run.seconds for run in each.runs.values()],
            "ratios": figures.ratios(each.job.name, each.posts),
            "memory": each.memory if each.runs else None,
            "failure": each.failure,
        }
        for each in (*figures.results, *figures.growth)
    ]
    judged = [
        {"target": each.target.says, "limit": each.target.limit, "measured": each.measured, "verdict": each.says}
        for each in verdicts(figures)
    ]
    return {"machine": report.machine(), "programs": report.programs(versions), "results": results, "verdicts": judged}


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            yield Path(folder).resolve()


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatch(name, pattern) for pattern in patterns)


def _terminated(number: int, _frame: object) -> NoReturn:
    """Leave as after Ctrl+C, so that programs are ended and folders removed."""
    raise SystemExit(128 + number)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _count(text: str) -> int:
    try:
        number = int(text.replace(",", "").replace("_", ""))
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 1")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Times presscheck, bare Hugo and others side by side on the same posts."
    )
    parser.add_argument(
        "--posts", type=_count, nargs="+", default=[1000], metavar="N", help="sizes of the site (default: 1000)"
    )
    parser.add_argument(
        "--growth", type=_count, nargs="+", default=[], metavar="N", help="sizes at which only check-cold runs"
    )
    parser.add_argument("--rounds", type=_count, default=3, metavar="N", help="how often each job runs (default: 3)")
    parser.add_argument(
        "--jobs", nargs="+", default=[], metavar="NAME", help="patterns such as 'check-*', or `list` (default: all)"
    )
    parser.add_argument(
        "--peers",
        nargs="+",
        default=["none"],
        metavar="NAME",
        help="none (the default), all, or names; they are installed",
    )
    parser.add_argument(
        "--peers-up-to",
        type=_count,
        default=sys.maxsize,
        metavar="N",
        help="at larger sizes only the peers that a target names run (default: all run)",
    )
    parser.add_argument(
        "--peer-folder",
        type=Path,
        default=None,
        metavar="DIR",
        help="where peers are installed and found again (default: a temporary folder)",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another corpus (default: 1)")
    parser.add_argument(
        "--time-limit",
        type=_count,
        default=1800,
        metavar="SECONDS",
        help="how long one program may take (default: 1800)",
    )
    parser.add_argument("--write", action="store_true", help="put the figures into content/docs/speed.md and its chart")
    parser.add_argument("--json", type=Path, default=None, metavar="FILE", help="also write every figure as JSON")
    parser.add_argument(
        "--keep", type=Path, default=None, metavar="DIR", help="work in this folder, and leave everything there"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
