"""Building a site on several machines: each renders a share of the pages, and one puts the shares together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC

import presscheck
from presscheck import hugo, read, releases, shards
from presscheck.check import in_order
from presscheck.config import Config
from presscheck.errors import EngineFailure, UsageError
from presscheck.files import swap, write_atomically
from presscheck.manifest import Manifest
from presscheck.page import Page
from presscheck.pipeline import Order, Outcome, ensure_unchanged, examine, fails, finish, judge, render
from presscheck.segments import Share, path_of, segments, shares
from presscheck.shards import Shard, Whole
from presscheck.survey import survey_output


def build_shard(order: Order, share: Share) -> tuple[Outcome, Shard | None]:
    """Read, check, and render one share of the pages into `order.output`, for `merge`.

    The sources are checked here too, all of them: it costs little beside rendering, and a mistake stops every machine at
    once instead of the last one at the end. What is rendered is judged by `merge`, which alone has all of it.
    """
    sources = examine(order)
    if fails(sources.found, order):
        return Outcome(sources.found, sources.site.source_at), None
    _ensure_divisible(sources.config)
    pages = {path_of(page.path): page for page in sources.site.published if page.kind == "page"}
    with releases.alone_in(order.work, order.lock_timeout), releases.staging(order.work) as staged:
        run = render(order, sources, order.root, staged, order.work / "cache", segments=segments(share, pages))
        if run.status:
            publication = survey_output(sources.site, staged, order.output.name, run.messages, order.work / "sheets")
            said = [each for each in judge(order, sources, publication) if each.rule == "output-hugo-error"]
            return Outcome(in_order([*sources.found, *said]), sources.site.source_at, engine_failed=True), None
        manifest = releases.describe(staged, sources.config.base_url)
        _ensure_partial(manifest, share, pages)
        ensure_unchanged(sources, order)
        shard = Shard(share, _whole(order, sources.config), manifest, run.messages, order.output)
        write_atomically(staged.parent / shards.FILE, shard.to_json())
        swap(staged.parent, order.output, releases.aside_of(order.work, order.output))
    number = sum(each.is_page for each in manifest.files.values())
    return Outcome(sources.found, sources.site.source_at, pages=number), shard


def merge(order: Order, parts: Sequence[Shard]) -> Outcome:
    """Read, check, put the parts together, verify, publish: what `build` does, where others have rendered.

    Raises PublishRefusal unless `parts` are all parts of the site that is here.
    """
    shards.ensure_complete(parts)
    sources = examine(order)
    shards.ensure_of(parts, _whole(order, sources.config))
    if fails(sources.found, order):
        return Outcome(sources.found, sources.site.source_at)
    with releases.alone_in(order.work, order.lock_timeout), releases.staging(order.work) as staged:
        shards.unite(parts, staged)
        messages = tuple(dict.fromkeys(message for part in parts for message in part.messages))
        return finish(order, sources, staged, hugo.Run(0, messages, ""))


def _ensure_partial(manifest: Manifest, share: Share, pages: Mapping[str, Page]) -> None:
    """Raise EngineFailure when all pages are there: Hugo takes a segment that it does not know for none, and says nothing."""
    numbers = shares(pages, share.of)
    others = [page.address for path, page in pages.items() if numbers[path] != share.number and page.address]
    files = ((address + "index.html" if address.endswith("/") else address)[1:] for address in others)
    if others and all(file in manifest.files for file in files):
        raise EngineFailure("Hugo rendered the whole site and not a share of it", "build the site in one piece")


def _whole(order: Order, config: Config) -> Whole:
    """What every part has to be a part of."""
    return Whole(
        shards.digest_of_sources(read.digests(order.root, config)),
        order.clock.astimezone(UTC).isoformat(),
        config.base_url,
        presscheck.__version__,
        hugo.version(),
    )


def _ensure_divisible(config: Config) -> None:
    """Raise UsageError for a site whose parts do not add up to what one build makes of it."""
    if config.get("rendersegments"):
        raise UsageError(
            f"`renderSegments` in {config.path} renders a part of the site, and shards are parts of the whole",
            "take it out of the configuration, and give it to Hugo where you want it",
        )
    if config.get("build", "buildstats", "enable") or config.get("build", "writestats"):
        raise UsageError(
            f"`buildStats` in {config.path} collects what all pages use, and a shard renders only some of them",
            "build the site in one piece, or switch it off",
        )
