"""Runs a workflow of GitHub Actions here: its shell steps with bash, its conditions, and stand-ins for the actions it uses.

Enough of the expression language is known for the workflows of this repository; anything else raises.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_NAME = re.compile(r"'(?:[^']*)'|[a-z_][\w-]*(?:\.[\w-]+)*(?:\(\))?")
_STATUS = ("success()", "failure()", "always()", "cancelled()")


class _Gone(AttributeError):
    """A context that the expression asks for is not there."""


@dataclass
class Done:
    """How a job went."""

    result: str = "success"
    """`success`, `failure` or `skipped`."""
    outputs: dict[str, str] = field(default_factory=dict)
    """What later jobs may ask for."""
    steps: dict[str, str] = field(default_factory=dict)
    """The outcome of each step by its name, or by the action it uses."""
    log: str = ""
    """What the shell steps printed."""
    summary: str = ""
    """What stands in the summary of the run."""


Action = Callable[[dict[str, str], Path], dict[str, str]]
"""Takes the `with` of a step and the folder it runs in, gives its outputs; raises when it would fail."""


@dataclass
class Runner:
    """Runs the jobs of a workflow one after the other."""

    workflow: Path
    """The file."""
    folder: Path
    """Where jobs get folders of their own."""
    actions: Mapping[str, Action]
    """What stands in for each action, by its name without the pin."""
    github: Mapping[str, Any]
    """The context of that name; `event_name` and `repository` are wanted."""
    path: str
    """Where the shell steps find their programs."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """What a person filled in."""

    def run(self) -> dict[str, Done]:
        """Every job by its id."""
        jobs = yaml.safe_load(self.workflow.read_text("utf-8"))["jobs"]
        done: dict[str, Done] = {}
        for name, job in jobs.items():
            wanted = job.get("needs", [])
            needs = {each: done[each] for each in ([wanted] if isinstance(wanted, str) else wanted)}
            done[name] = self._job(name, job, needs)
        return done

    def _job(self, name: str, job: dict[str, Any], needs: dict[str, Done]) -> Done:
        done = Done()
        contexts: dict[str, Any] = {
            "github": self.github,
            "inputs": self.inputs,
            "steps": {},
            "runner": {"temp": str(self.folder / name / "temp")},
            "needs": {each: {"result": made.result, "outputs": made.outputs} for each, made in needs.items()},
        }
        good = all(made.result == "success" for made in needs.values())
        if not _holds(job.get("if", ""), contexts, good=good):
            done.result = "skipped"
            return done
        work = self.folder / name / "work"
        for folder in (work, self.folder / name / "temp"):
            folder.mkdir(parents=True)
        for step in job["steps"]:
            what = step.get("name") or step["uses"].partition("@")[0]
            outcome, outputs = "skipped", {}
            if _holds(step.get("if", ""), contexts, good=done.result == "success"):
                try:
                    outputs = self._step(name, step, work, contexts, done)
                    outcome = "success"
                except subprocess.CalledProcessError as error:
                    done.result = outcome = "failure"
                    done.log += f"{what}: exit status {error.returncode}\n"
            done.steps[what] = outcome
            if "id" in step:
                contexts["steps"][step["id"]] = {"outcome": outcome, "outputs": outputs}
        done.outputs = {key: _filled(text, contexts) for key, text in job.get("outputs", {}).items()}
        return done

    def _step(self, job: str, step: dict[str, Any], work: Path, contexts: dict[str, Any], done: Done) -> dict[str, str]:
        if "uses" in step:
            given = {key: _filled(str(value), contexts) for key, value in step.get("with", {}).items()}
            return self.actions[step["uses"].partition("@")[0]](given, work)
        temp = self.folder / job / "temp"
        output, summary = temp / "output", temp / "summary"
        output.write_text("")
        summary.write_text("")
        environment = {
            "PATH": self.path,
            "HOME": str(temp),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_EVENT_NAME": self.github["event_name"],
            "GITHUB_REPOSITORY": self.github["repository"],
            "GITHUB_REF_NAME": self.github["ref_name"],
            "GITHUB_RUN_ID": "1",
            "GITHUB_RUN_NUMBER": "1",
            "RUNNER_TEMP": str(temp),
            "PAUSE": "0.05",
            **{key: _filled(str(value), contexts) for key, value in step.get("env", {}).items()},
        }
        script = temp / "step.sh"
        script.write_text(_filled(step["run"], {}))  # an expression here would be an injection
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        done.log += ran.stdout + ran.stderr
        done.summary += summary.read_text()
        ran.check_returncode()
        return dict(line.split("=", 1) for line in output.read_text().splitlines())


def _filled(text: str, contexts: Mapping[str, Any]) -> str:
    """`text` with its expressions worked out."""
    return _EXPRESSION.sub(lambda found: str(_value(found[1], contexts, good=True)), text)


def _holds(condition: str, contexts: Mapping[str, Any], *, good: bool) -> bool:
    inner = _EXPRESSION.fullmatch(condition.strip())
    expression = inner[1] if inner else condition
    if not any(name in expression for name in _STATUS):
        expression = f"success() && ({expression})" if expression else "success()"
    return bool(_value(expression, contexts, good=good))


def _value(expression: str, contexts: Mapping[str, Any], *, good: bool) -> Any:
    """The value of an expression of names, texts, `==`, `!=`, `&&`, `||`, `!`, and the functions about the status."""
    names: dict[str, Any] = {}
    functions = {"success()": good, "failure()": not good, "always()": True, "cancelled()": False}

    def name(found: re.Match[str]) -> str:
        if found[0].startswith("'"):
            return repr(found[0][1:-1])
        if found[0] in functions:
            return str(functions[found[0]])
        key = f"_{len(names)}"
        names[key] = _looked_up(found[0], contexts)
        return key

    python = _NAME.sub(name, expression).replace("&&", " and ").replace("||", " or ")
    python = re.sub(r"!(?!=)", " not ", python)
    return eval(" ".join(python.split()), {"__builtins__": {}}, names)  # noqa: S307 - our own workflows, and no names


def _looked_up(name: str, contexts: Mapping[str, Any]) -> Any:
    """What a dotted name means; a key that is not there is an empty text, as on GitHub."""
    parts = name.split(".")
    if parts[0] not in contexts:
        raise _Gone(name)
    found: Any = contexts
    for part in parts:
        found = found.get(part, "") if isinstance(found, Mapping) else ""
    return found


def tree(source: Path, target: Path) -> None:
    """Copy a folder, or a file into a folder."""
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, symlinks=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def programs(folder: Path, *first: Path, **scripts: str) -> str:
    """A PATH that begins with a folder of small stand-ins, each a bash script, then `first`."""
    folder.mkdir(parents=True)
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/usr/bin/env bash\n{script}\n")
        (folder / name).chmod(0o755)
    return os.pathsep.join(map(str, (folder, *first, "/usr/local/bin", "/usr/bin", "/bin")))
