"""Whatever an author writes while the site is served, the terminal tells what came of it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from presscheck import hugo
from tests.conftest import MINIMAL, ROOT, free_port
from tests.test_cli import DRAFT, GOOD, run

Make = Callable[..., Path]
UNCLOSED = GOOD + "\nLook: {{< figure src=x.png\n"
NAMELESS = GOOD + "\n{{< nope >}}\n"
LAYOUT = "<title>{{ .Title }}</title>{{ .Content }}"


class Served:
    """`presscheck serve` while it runs."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = log
        self.read = 0
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "build.py", "serve", "--port", str(self.port)], cwd=folder, stderr=output
            )

    def says(self, *wanted: str) -> str:
        """What it printed since this was asked before, once every text of `wanted` is in there."""
        end = time.monotonic() + 60
        said = ""
        while time.monotonic() < end:
            said = self.log.read_text("utf-8")[self.read :]
            if all(each in said for each in wanted):
                self.read += len(said)
                return said
            assert self.process.poll() is None, said
            time.sleep(0.05)
        raise AssertionError((wanted, said))

    def shows(self, path: str, wanted: str) -> bool:
        """Whether the page at `path` has the text `wanted` before long."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                    if wanted in answer.read().decode():
                        return True
            except (URLError, ConnectionError):
                pass
            time.sleep(0.1)
        return False

    def write(self, path: str, text: str) -> None:
        """Save a file of the site."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, "utf-8")


@pytest.fixture
def serve(site_of: Make, tmp_path: Path) -> Iterator[Callable[[dict[str, str]], Served]]:
    """Serves a site of the given files; it is ended by Ctrl+C, and has to end well."""
    running: list[Served] = []

    def start(files: dict[str, str]) -> Served:
        running.append(Served(site_of(files), tmp_path / "log"))
        return running[-1]

    yield start
    for each in running:
        each.process.send_signal(signal.SIGINT)
        each.process.wait(30)
        said = each.log.read_text("utf-8")
        assert each.process.returncode == 130, said
        assert "Traceback" not in said


Serve = Callable[[dict[str, str]], Served]


def test_the_site_is_shown_with_its_drafts_and_checked(serve: Serve) -> None:
    served = serve({"content/posts/secret.md": DRAFT.replace('"yes"', "true")})
    assert served.shows("/posts/secret/", "Good")
    served.says("no findings")
    served.write("content/posts/bad.md", DRAFT)
    served.says("draft-not-boolean")


def test_a_half_written_configuration_is_told_of_once_and_waited_for(serve: Serve) -> None:
    whole = 'contentDir = "src"\n' + (MINIMAL / "config.toml").read_text("utf-8")
    served = serve({"src/posts/good.md": GOOD, "config.toml": whole})
    assert served.shows("/posts/good/", "Good")
    served.says("no findings")
    served.write("config.toml", whole + 'title = "unfinished')
    told = served.says("presscheck: config.toml:")
    served.write("config.toml", whole + "# finished\n")
    told += served.says("no findings")
    served.write("src/posts/bad.md", DRAFT)
    told += served.says("draft-not-boolean")
    assert served.shows("/posts/good/", "Good")
    assert told.count("presscheck: config.toml:") == 1


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        (UNCLOSED, "content/posts/bad.md:", "unclosed shortcode action"),
        (NAMELESS, "content/posts/bad.md:8:", 'shortcode \\"nope\\" not found'),
        (GOOD.replace('"Good"', '"Good'), "content/posts/bad.md:2:", "unmarshal failed"),
    ],
)
def test_a_post_that_stops_hugo_is_told_of_and_waited_for(serve: Serve, text: str, where: str, why: str) -> None:
    served = serve({"content/posts/bad.md": text, "content/posts/good.md": GOOD})
    said = served.says("output-hugo-error", "Hugo starts again as soon as a file changes")
    told = said[said.index("error[output-hugo-error]") :]
    assert why.replace("\\", "") in told
    assert f" --> {where}" in told
    assert "there is no preview" in told
    served.write("content/posts/bad.md", GOOD)
    served.says("Hugo can build the site again", f"http://localhost:{served.port}/")
    assert served.shows("/posts/bad/", "Fine.")


def test_a_broken_template_is_waited_for_too(serve: Serve) -> None:
    served = serve({"content/posts/good.md": GOOD, "layouts/page.html": "<p>\n{{ if }}"})
    assert " --> layouts/page.html:2:1" in served.says("Hugo starts again as soon as a file changes")
    served.write("layouts/page.html", LAYOUT)
    served.says("Hugo can build the site again")
    assert served.shows("/posts/good/", "<title>Good</title>")


def test_a_template_that_breaks_meanwhile_is_told_of_at_every_change_until_it_is_right(serve: Serve) -> None:
    served = serve({"content/posts/good.md": GOOD, "layouts/page.html": LAYOUT})
    served.says("shows the site with drafts", "no findings")
    served.write("layouts/page.html", LAYOUT + "\n  {{ .Nope }}")
    said = served.says("mend what the message names", "1 error in 1 file")
    assert " --> layouts/page.html:2:5" in said
    assert "the browser shows this error instead of the site" in said
    time.sleep(1.5)
    assert said.count("error[output-hugo-error]") == 1
    assert "error[" not in served.says("")
    served.write("content/posts/good.md", GOOD + "\nMore.\n")
    served.says("no findings", "layouts/page.html:2:5")
    served.write("layouts/page.html", LAYOUT)
    served.says("Hugo can build the site again")
    assert served.shows("/posts/good/", "More.")


def test_a_post_that_hugo_forgets_is_not_called_right(serve: Serve) -> None:
    served = serve({"content/posts/good.md": GOOD})
    served.says("shows the site with drafts")
    served.write("content/posts/bad.md", NAMELESS)
    served.says("the browser shows this error instead of the site")
    for number in range(2):  # Hugo 0.168 says nothing at the first change, and crashes at the second
        served.write("content/posts/good.md", GOOD + f"\nMore {number}.\n")
        said = served.says("there is no preview", "Hugo starts again as soon as a file changes")
        assert "content/posts/bad.md:8:" in said
        assert "can build" not in said
    served.write("content/posts/bad.md", GOOD)
    served.says("Hugo can build the site again")
    assert served.shows("/posts/bad/", "Fine.")
    assert served.shows("/posts/good/", "More 1.")


def test_a_port_in_use_is_said_with_one_that_is_free(site_of: Make) -> None:
    folder = site_of({"content/posts/good.md": GOOD})
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", "--port", port, cwd=folder)
    assert done.returncode == 3
    first, hint = done.stderr.splitlines()
    assert first == f"presscheck: port {port} is in use"
    assert "--port " in hint
    hugo.ensure_free(int(hint.rpartition(" ")[2]))


@pytest.mark.parametrize("port", ["0", "-1", "65536", "http", "8e3"])
def test_what_is_no_port_is_refused(tmp_path: Path, port: str) -> None:
    done = run("serve", f"--port={port}", cwd=tmp_path)
    assert done.returncode == 2
    assert f"`{port}` is not a port" in done.stderr


def test_the_waiting_is_ended_by_ctrl_c_too(serve: Serve) -> None:
    served = serve({"content/posts/bad.md": UNCLOSED})
    served.says("Hugo starts again as soon as a file changes; stop with Ctrl+C")
