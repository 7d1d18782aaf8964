"""The files for CI: they are safe, and they do what they say, run here step by step."""

from __future__ import annotations

import functools
import html
import http.server
import json
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from sarif_pydantic import Sarif

from presscheck import __version__, hugo
from presscheck.cli import parser
from tests.conftest import ROOT, lay
from tests.workflow import Done, Runner, programs, tree

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PROGRAMS = Path(sys.executable).parent
STYLE = "static/site.0123456789abcdef0123456789abcdef.css"
NEWER_STYLE = "static/site.fedcba9876543210fedcba9876543210.css"


def post(title: str, date: str = "2026-01-01T09:00:00Z", body: str = "Words.") -> str:
    return f'+++\ntitle = "{title}"\ndate = {date}\n+++\n\n{body}\n'


def git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=A Writer", "-c", "user.email=writer@site.example", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", "-C", folder, *settings, *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


# What holds of the files as they are


def test_a_dangerous_workflow_is_found(tmp_path: Path) -> None:
    naive = tmp_path / "naive.yml"
    naive.write_text(
        "on: pull_request_target\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - uses: actions/checkout@v7\n      - run: echo ${{ github.event.pull_request.title }}\n"
    )
    done = zizmor(naive)
    assert done.returncode != 0
    assert {"dangerous-triggers", "template-injection", "unpinned-uses"} <= set(
        re.findall(r"\[([a-z-]+)\]", done.stdout)
    )


@pytest.mark.parametrize("path", [".github", "ci/github-sharded.yml"])
def test_ours_are_not(path: str) -> None:
    done = zizmor(ROOT / path)
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout + done.stderr
    assert "zizmor: ignore" not in "".join(path.read_text("utf-8") for path in WORKFLOWS)


def zizmor(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAMS / "zizmor", "--offline", "--no-config", "--persona=auditor", "--color=never", path],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit_and_says_which_version_that_is(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if re.search(r"\buses:", line)]
    assert lines
    for line in lines:
        assert re.search(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_one_action_has_one_version() -> None:
    pins = {
        tuple(found)
        for path in WORKFLOWS
        for found in re.findall(r"uses: (\S+)@([0-9a-f]{40}) # (v\S+)", path.read_text("utf-8"))
    }
    assert len(pins) == len({name for name, _, _ in pins})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_gets_no_permission_that_it_does_not_name_and_shells_hold_no_expression(path: Path) -> None:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert found["permissions"] == {}
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & found[True].keys()  # YAML reads `on` so
    for job in found["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"]
        assert not any("${{" in step.get("run", "") for step in job["steps"])
        runs_own_code = any("presscheck" in step.get("run", "") for step in job["steps"])
        may_write = "write" in job["permissions"].values()
        assert not (runs_own_code and may_write), "the code of the repository runs where one may only read"


# What they do


@dataclass
class Hub:
    """A stand-in for GitHub: a repository, artifacts, a cache, and Pages."""

    folder: Path
    """Where all this lies."""
    artifacts: dict[str, Path] = field(default_factory=dict)
    """What was handed in, by name."""
    cached: list[tuple[dict[str, str], Path]] = field(default_factory=list)
    """What to keep when the run has ended."""
    runs: int = 0
    """How many workflows were run."""
    online: Path | None = None
    """What Pages shows."""
    last_success: str = ""
    """What `gh run list` answers."""

    @property
    def origin(self) -> Path:
        return self.folder / "origin"

    def commit(self, files: dict[str, str | None], message: str = "A change") -> None:
        """Write the files (None: remove) on the branch that is checked out in the origin."""
        for path, text in files.items():
            target = self.origin / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                target.unlink()
            else:
                target.write_text(text)
        git(self.origin, "add", "-A")
        git(self.origin, "commit", "-qm", message)

    def pull_request(self, files: dict[str, str | None]) -> None:
        """Make a branch with a change, and the merge that is tested."""
        git(self.origin, "switch", "-qc", "change")
        self.commit(files)
        git(self.origin, "switch", "-qC", "merge", "main")
        git(self.origin, "merge", "-q", "--no-ff", "-m", "The merge", "change")
        git(self.origin, "update-ref", "refs/pull/1/merge", "HEAD")
        git(self.origin, "switch", "-q", "main")

    def run(
        self, name: str, event: str, *, release: str = "", fork: bool = False, page_url: str = ""
    ) -> dict[str, Done]:
        self.runs += 1
        folder = self.folder / f"run-{self.runs}"
        repository = "writer/site"
        head = "stranger/site" if fork else repository
        runner = Runner(
            ROOT / ".github/workflows" / name,
            folder,
            {
                "actions/checkout": lambda given, work: self._check_out(given, work, event),
                "actions/setup-python": lambda _given, _work: {},
                "actions/cache": self._restore,
                "actions/upload-artifact": self._upload,
                "actions/download-artifact": self._download,
                "actions/upload-pages-artifact": lambda given, work: self._upload({"name": "pages", **given}, work),
                "actions/deploy-pages": lambda _given, _work: self._deploy(page_url),
                "github/codeql-action/upload-sarif": self._scan,
            },
            {
                "event_name": event,
                "repository": repository,
                "ref": "refs/pull/1/merge" if event == "pull_request" else "refs/heads/main",
                "ref_name": "1/merge" if event == "pull_request" else "main",
                "sha": git(self.origin, "rev-parse", "HEAD"),
                "run_id": str(self.runs),
                "run_attempt": "1",
                "token": "t0ken",
                "event": {"pull_request": {"head": {"repo": {"full_name": head}}}},
            },
            programs(
                folder / "programs",
                PROGRAMS,
                pip=f'echo "$@" >> {folder / "installed"}',
                gh=f'case "$1 $2" in "run list") echo "{self.last_success}" ;; "auth setup-git") ;; *) exit 9 ;; esac',
            ),
            {"release": release},
        )
        self.cached.clear()
        done = runner.run()
        first = next(iter(done.values()))
        if first.result == "success":
            for given, work in self.cached:
                for path in given["path"].split():
                    if (work / path).exists():
                        tree(work / path, self.folder / "cache" / given["key"] / path)
        return done

    def _check_out(self, given: dict[str, str], work: Path, event: str) -> dict[str, str]:
        assert given["persist-credentials"] == "False"
        ref = given.get("ref") or ("refs/pull/1/merge" if event == "pull_request" else "main")
        git(work, "init", "-q", "-b", "main")
        git(work, "remote", "add", "origin", f"file://{self.origin}")
        git(work, "fetch", "-q", "--depth", given.get("fetch-depth", "1"), "origin", ref)
        git(work, "checkout", "-q", "-B", "main", "FETCH_HEAD")
        git(work, "config", "push.default", "current")
        return {}

    def _restore(self, given: dict[str, str], work: Path) -> dict[str, str]:
        self.cached.append((given, work))
        known = sorted((self.folder / "cache").glob(f"{given['restore-keys']}*"), key=lambda each: each.stat().st_mtime)
        if known:
            tree(known[-1], work)
        return {}

    def _upload(self, given: dict[str, str], work: Path) -> dict[str, str]:
        source = work / given["path"]
        assert source.exists(), f"there is no {given['path']} to hand in"
        if (source / ".well-known").exists():
            assert given["include-hidden-files"] == "True"
        target = self.folder / "artifacts" / f"{self.runs}-{given['name']}"
        tree(source, target if source.is_dir() else target / source.name)
        self.artifacts[given["name"]] = target
        return {"artifact-url": f"https://hub.example/artifacts/{given['name']}"}

    def _download(self, given: dict[str, str], work: Path) -> dict[str, str]:
        tree(self.artifacts[given["name"]], Path(given.get("path", work)))
        return {}

    def _deploy(self, page_url: str) -> dict[str, str]:
        self.online = self.artifacts["pages"]
        tree(self.online, self.folder / "served")
        return {"page_url": page_url}

    def _scan(self, given: dict[str, str], work: Path) -> dict[str, str]:
        assert given["category"]
        Sarif.model_validate_json((work / given["sarif_file"]).read_bytes())
        return {}


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    made = Hub(tmp_path)
    lay(made.origin)
    git(made.origin, "init", "-q", "-b", "main")
    git(made.origin, "config", "receive.denyCurrentBranch", "updateInstead")
    made.commit(
        {
            ".gitignore": ".presscheck/\npublic/\n",
            "content/posts/first.md": post("First", body="## Part\n\nWords."),
            "content/posts/second.md": post("Second", body="See [the first](/posts/first/#part)."),
            "static/.well-known/security.txt": "Contact: mailto:security@site.example\n",
            STYLE: "p { color: navy }\n",
        },
        "A site",
    )
    return made


@pytest.fixture
def pages(hub: Hub) -> Iterator[str]:
    """Serves what is online; gives its address."""
    served = hub.folder / "served"
    served.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """The test's output is for the test."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_good_pull_request_is_checked_built_and_can_be_looked_at(hub: Hub) -> None:
    hub.pull_request({"content/posts/third.md": post("Third")})
    done = hub.run("check.yml", "pull_request")
    assert {name: job.result for name, job in done.items()} == {"check": "success", "scanning": "success"}, done
    assert "::" not in done["check"].log
    assert "https://hub.example/artifacts/site" in done["check"].summary
    site = hub.artifacts["site"]
    assert (site / "posts/third/index.html").is_file()
    assert (site / ".well-known/security.txt").is_file()
    assert results(hub) == []


def test_a_pull_request_with_a_mistake_fails_and_says_where(hub: Hub) -> None:
    hub.pull_request({"content/posts/first.md": post("First", body="## Chapter\n\n[nowhere](/none/)")})
    done = hub.run("check.yml", "pull_request")
    check = done["check"]
    assert check.result == "failure"
    lines = [line for line in check.log.splitlines() if line.startswith("::")]
    assert any(line.startswith("::error") and "file=content/posts/first.md" in line for line in lines)
    assert any("file=content/posts/second.md" in line for line in lines), "what the change broke elsewhere"
    assert "link-broken" in check.summary
    assert "link-fragment-missing" in check.summary
    assert check.steps["Build"] == "skipped"
    assert "site" not in hub.artifacts
    assert set(results(hub)) >= {"link-broken", "link-fragment-missing"}
    assert done["scanning"].result == "success"


def test_a_change_from_a_fork_is_judged_without_a_token_that_writes_and_not_for_older_mistakes(hub: Hub) -> None:
    hub.commit({"content/posts/old.md": post("Old", body="[nowhere](/none/)")})
    hub.pull_request({"content/posts/third.md": post("Third")})
    done = hub.run("check.yml", "pull_request", fork=True)
    assert done["scanning"].result == "skipped"
    check = done["check"]
    assert check.steps["Check what this pull request changes, and what it breaks elsewhere"] == "success"
    assert check.steps["Build"] == "failure"  # the site cannot be printed all the same, and that is said too
    assert "file=content/posts/old.md" in check.log


def test_a_push_is_checked_as_a_whole(hub: Hub) -> None:
    done = hub.run("check.yml", "push")
    assert {name: job.result for name, job in done.items()} == {"check": "success", "scanning": "success"}
    assert "site" not in hub.artifacts


def results(hub: Hub) -> list[str]:
    found = json.loads((hub.artifacts["sarif"] / "presscheck.sarif").read_text("utf-8"))
    return [each["ruleId"] for run in found["runs"] for each in run["results"]]


def test_a_push_to_main_is_published_and_read_back(hub: Hub, pages: str) -> None:
    done = hub.run("publish.yml", "push", page_url=pages)
    assert {name: job.result for name, job in done.items()} == {
        "build": "success",
        "deploy": "success",
        "record": "skipped",
    }, done
    assert hub.online is not None
    release = json.loads((hub.online / "release.json").read_text())["release"]
    assert f"release {release} is online at {pages}" in done["deploy"].summary
    assert (hub.online / ".well-known/security.txt").is_file()


def test_a_bad_main_is_not_published(hub: Hub, pages: str) -> None:
    hub.commit({"content/posts/third.md": post("Third", body="[nowhere](/none/)")})
    done = hub.run("publish.yml", "push", page_url=pages)
    assert [job.result for job in done.values()] == ["failure", "skipped", "skipped"]
    assert "::error" in done["build"].log
    assert hub.online is None


def test_readers_of_the_page_before_keep_its_stylesheet_and_one_can_go_back(hub: Hub, pages: str) -> None:
    hub.run("publish.yml", "push", page_url=pages)
    first = hub.online
    hub.commit({STYLE: None, NEWER_STYLE: "p { color: black }\n", "content/posts/third.md": post("Third")})
    hub.run("publish.yml", "push", page_url=pages)
    second = hub.online
    assert first
    assert second
    assert (second / Path(STYLE).name).is_file()
    assert (second / Path(NEWER_STYLE).name).is_file()
    done = hub.run("publish.yml", "workflow_dispatch", release="previous", page_url=pages)
    assert {name: job.result for name, job in done.items()} == {
        "build": "success",
        "deploy": "success",
        "record": "skipped",
    }, done
    assert hub.online
    assert (hub.online / "release.json").read_bytes() == (first / "release.json").read_bytes()
    assert not (hub.online / "posts/third").exists()
    assert (hub.online / Path(NEWER_STYLE).name).is_file(), "now it is these readers who need theirs"
    name = json.loads((second / "release.json").read_text())["release"]
    hub.run("publish.yml", "workflow_dispatch", release=name, page_url=pages)
    assert (hub.online / "posts/third/index.html").is_file()
    unknown = hub.run("publish.yml", "workflow_dispatch", release="0badc0de", page_url=pages)
    assert unknown["build"].result == "failure"
    assert "there is no release `0badc0de`" in unknown["build"].log


@pytest.mark.parametrize(("hours", "is_due"), [(2, True), (0.5, False), (None, True)])
def test_the_clock_publishes_only_what_is_due(hub: Hub, pages: str, hours: float | None, *, is_due: bool) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    hub.commit({"content/posts/timed.md": post("Timed", (now - timedelta(hours=1)).isoformat())})
    hub.last_success = (now - timedelta(hours=hours)).isoformat() if hours else ""
    done = hub.run("publish.yml", "schedule", page_url=pages)
    assert done["build"].result == "success", done
    assert done["build"].steps["Build, or go back"] == ("success" if is_due else "skipped")
    assert done["deploy"].result == ("success" if is_due else "skipped")
    assert (hub.online is not None) == is_due


def test_the_clock_does_not_take_trouble_for_nothing_due(hub: Hub, pages: str) -> None:
    hub.commit({"config.toml": "title = \n"})
    hub.last_success = "2026-11-01T00:00:00Z"
    done = hub.run("publish.yml", "schedule", page_url=pages)
    assert done["build"].result == "failure"
    assert "config.toml:1" in done["build"].log


def test_new_addresses_are_listed_once_they_are_online(hub: Hub, pages: str) -> None:
    hub.commit({"urls.jsonl": ""})
    before = git(hub.origin, "rev-parse", "main")
    failed = hub.run("publish.yml", "push", page_url=f"{pages}elsewhere/")
    assert failed["deploy"].result == "failure", failed["build"].log
    assert "shows release (none), not" in failed["deploy"].log
    assert failed["record"].result == "skipped", "what was not seen online is not listed"
    assert git(hub.origin, "rev-parse", "main") == before
    done = hub.run("publish.yml", "push", page_url=pages)
    assert done["record"].result == "success", done["record"].log
    assert git(hub.origin, "diff", "--name-only", before, "main") == "urls.jsonl"
    assert '"/posts/first/"' in (hub.origin / "urls.jsonl").read_text()
    assert git(hub.origin, "log", "-1", "--format=%an", "main") == "github-actions[bot]"
    assert hub.run("publish.yml", "push", page_url=pages)["record"].result == "skipped", "there is nothing new"


# The other files


def of_gitlab(hub: Hub, job: str, **variables: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Run a job of the file for GitLab in a clone; gives how it went, and the folder."""
    file = yaml.safe_load((ROOT / "ci/gitlab-ci.yml").read_text("utf-8"))
    work = hub.folder / f"gitlab-{job}"
    git(hub.folder, "clone", "-q", f"file://{hub.origin}", str(work))
    if job != "pages":
        git(work, "fetch", "-q", "origin", "change")
        git(work, "checkout", "-q", "FETCH_HEAD")
    lines = [*file["default"]["before_script"], *file[job]["script"]]
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(lines)],
        cwd=work,
        env={
            "PATH": programs(hub.folder / f"programs-{job}", PROGRAMS, pip=f"echo $@ > {hub.folder}/installed"),
            "HOME": str(hub.folder),
            "CI": "true",
            "GITLAB_CI": "true",
            **variables,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done, work


@pytest.mark.parametrize(
    ("body", "found"),
    [("Words.", set()), ("[nowhere](/none/)", {"link-broken"})],
    ids=["good", "with a mistake"],
)
def test_gitlab_gets_its_reports_of_a_merge_request(hub: Hub, body: str, found: set[str]) -> None:
    base = git(hub.origin, "rev-parse", "main")
    hub.pull_request({"content/posts/third.md": post("Third", body=body)})
    done, work = of_gitlab(hub, "check", CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == bool(found), done.stderr
    quality = json.loads((work / "code-quality.json").read_text("utf-8"))
    assert {each["check_name"] for each in quality} == found
    cases = ET.fromstring((work / "junit.xml").read_bytes())  # noqa: S314 - our own
    assert len(cases.findall(".//failure")) == len(quality)
    assert (hub.folder / "installed").read_text().split() == ["install", "-q", f"presscheck=={__version__}"]
    done, work = of_gitlab(hub, "preview")
    assert done.returncode == bool(found)
    assert (work / "public/posts/third/index.html").is_file() != bool(found)


def test_gitlab_gets_a_site_to_publish(hub: Hub) -> None:
    done, work = of_gitlab(hub, "pages")
    assert done.returncode == 0, done.stderr
    assert (work / "public/index.html").is_file()
    file = yaml.safe_load((ROOT / "ci/gitlab-ci.yml").read_text("utf-8"))
    assert file["pages"]["artifacts"]["paths"] == ["public/"]
    assert file["pages"]["cache"]["key"] != file["check"]["cache"]["key"], "a merge request writes no cache of main's"


def hooks() -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}


def hooked(hook: str, folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """Call a hook with the names of files, as pre-commit does."""
    program, *arguments = hooks()[hook]["entry"].split()
    return subprocess.run(
        [PROGRAMS / program, *arguments, *files], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_hooks_are_described_as_pre_commit_wants_it() -> None:
    for hook in hooks().values():
        assert hook.keys() == {"id", "name", "description", "entry", "language", "types", "require_serial"}
        assert (hook["language"], hook["types"]) == ("python", ["markdown"])
        assert hook["require_serial"] is True


def test_a_hook_reports_on_what_is_committed_and_on_nothing_else(hub: Hub) -> None:
    hub.commit({"content/posts/bad.md": post("Bad", body="[nowhere](/none/)"), "README.md": "# A site\n"})
    done = hooked("presscheck-check", hub.origin, "content/posts/bad.md", "README.md")
    assert done.returncode == 1
    assert "link-broken" in done.stdout
    done = hooked("presscheck-check", hub.origin, "content/posts/first.md", "README.md")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_hook_mends_what_is_committed(hub: Hub) -> None:
    draft = post("Draft").replace("+++\n\n", 'draft = "yes"\n+++\n\n')
    files = {f"content/posts/{name}.md": draft for name in "ab"}
    hub.commit(dict(files))
    hooked("presscheck-fix", hub.origin, "content/posts/a.md")
    assert git(hub.origin, "diff", "--name-only") == "content/posts/a.md"
    assert "draft = true" in (hub.origin / "content/posts/a.md").read_text()


def dockerfile() -> list[tuple[str, str]]:
    """The instructions, each with what follows it in its line and in those that it is continued in."""
    lines = (ROOT / "ci/Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    return [(line.split()[0], line.partition(" ")[2]) for line in lines if line and not line.startswith("#")]


def test_the_image_names_its_base_fetches_nothing_late_and_is_not_roots() -> None:
    made = dockerfile()
    assert ("ARG", "PYTHON=3.11-slim-bookworm") in made
    assert [what for name, what in made if name == "FROM"] == ["python:${PYTHON} AS wheels", "python:${PYTHON}"]
    last = made[max(at for at, (name, _) in enumerate(made) if name == "FROM") :]
    assert "--no-index" in dict(last)["RUN"]
    assert dict(last)["USER"] not in {"0", "root"}
    ignored = (ROOT / "ci/Dockerfile.dockerignore").read_text("utf-8").splitlines()
    kept = [line[1:] for line in ignored if line.startswith("!")]
    assert "*" in ignored
    assert all((ROOT / name).exists() for name in kept)
    assert not {"content", ".git", "static"} & set(kept)


def test_what_the_image_runs_needs_no_network(hub: Hub) -> None:
    cut = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*cut, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody cut the network off")
    reached = subprocess.run([*cut, "bash", "-c", "echo > /dev/tcp/192.0.2.1/80"], capture_output=True, check=False)
    assert b"unreachable" in reached.stderr
    last = dict(dockerfile())
    command = [*json.loads(last["ENTRYPOINT"]), *json.loads(last["CMD"])]
    done = subprocess.run(
        [*cut, PROGRAMS / command[0], *command[1:]],
        cwd=hub.origin,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (hub.origin / "public/posts/first/index.html").is_file()


PAGE = ROOT / "content/docs/ci.md"
FILES = [*WORKFLOWS, ROOT / "ci/gitlab-ci.yml", ROOT / "ci/Dockerfile", ROOT / ".pre-commit-hooks.yaml", PAGE]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_command_is_one_that_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    if path == PAGE:
        text = "\n".join(re.findall(r"(?:`|^)(presscheck [^`\n]+)", text, re.MULTILINE))
    text = re.sub(r'"\$\(.*?\)"', '"$it"', text)
    calls = re.findall(r"(?<![\w/-])presscheck ((?:build|check|fix|rollback|upcoming|urls)\b[^|;&\n`)]*)", text)
    if path.name == "Dockerfile":
        last = dict(dockerfile())
        calls = [" ".join([*json.loads(last["ENTRYPOINT"]), *json.loads(last["CMD"])][1:])]
    assert calls
    for call in calls:
        words = shlex.split(call.partition(" #")[0].split(">")[0])
        words += [""] * (words[-1] == "--since")
        words = ["2026-01-01" if previous == "--since" else word for previous, word in pairwise(["", *words])]
        assert parser().parse_args(words).command == words[0]


def test_files_for_other_sites_install_this_version() -> None:
    for path in FILES:
        for version in re.findall(r"presscheck==([\w.]+)", path.read_text("utf-8")):
            assert version == __version__, path
    assert re.findall(r"rev: v(\S+)", PAGE.read_text("utf-8")) == [__version__]


def test_the_page_shows_every_file_as_it_is_run_but_for_one_line() -> None:
    shown = re.findall(r'^\{\{% ci-file "(\S+)" "\w+"(?: "(.*)" "(.*)")? %\}\}$', PAGE.read_text("utf-8"), re.MULTILINE)
    assert {path for path, _, _ in shown} == {
        path.relative_to(ROOT).as_posix() for path in FILES if path not in {PAGE, ROOT / ".pre-commit-hooks.yaml"}
    }
    for path, own, theirs in shown:
        if own:
            text = (ROOT / path).read_text("utf-8")
            assert text.count(own) == 1
            assert theirs == f"pip install -q presscheck=={__version__}"


def test_a_file_is_shown_whole_and_no_other_file_can_be(hub: Hub, tmp_path: Path) -> None:
    for path in ("layouts/_shortcodes/ci-file.html", "ci/gitlab-ci.yml"):
        tree(ROOT / path, hub.origin / path)
    hub.commit({".env": "TOKEN=secret\n", "ci/more/secret.txt": "secret\n"})

    def shown(*words: str) -> tuple[int, str, str]:
        call = " ".join(f'"{word}"' for word in words)
        (hub.origin / "content/posts/third.md").write_text(post("Third", body=f"{{{{% ci-file {call} %}}}}"))
        output = tmp_path / "out"
        shutil.rmtree(output, ignore_errors=True)
        output.mkdir()
        made = hugo.build(hub.origin, output, clock=datetime.now(UTC), cache_folder=tmp_path / "hugo", time_limit=60)
        page = output / "posts/third/index.html"
        text = html.unescape(re.sub(r"<[^>]+>", "", page.read_text("utf-8"))) if page.is_file() else ""
        return made.status, text, made.output

    status, text, _ = shown("ci/gitlab-ci.yml", "yaml")
    assert status == 0
    assert (ROOT / "ci/gitlab-ci.yml").read_text("utf-8").strip() in text
    status, text, _ = shown("ci/gitlab-ci.yml", "yaml", "stages:", "steps:")
    assert "steps: [check, build, deploy]" in text
    for words in (
        (".env", "text"),
        ("ci/../.env", "text"),
        ("ci/more/secret.txt", "text"),
        ("/etc/hostname", "text"),
        ("ci/gitlab-ci.yml", "yaml", "what is not there", "x"),
    ):
        status, text, output = shown(*words)
        assert status == 1, words
        assert "secret" not in text
        assert "content/posts/third.md:6:1" in output
