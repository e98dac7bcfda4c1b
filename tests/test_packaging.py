"""One truth for versions, a wheel that carries its tables, and the image that Binder would build."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import run

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OURS = ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "runtime.txt", "run.py", "README.md", ".ci/run")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> list[Requirement]:
    lines = (line.strip() for line in text(name).splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def by_name(requirements) -> dict[str, str]:
    return {one.name.lower(): str(one.specifier) for one in requirements}


# ---------------------------------------------------------------- versions


def test_every_dependency_is_pinned_exactly_and_says_why():
    asked = PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"]
    for line in asked:
        assert re.fullmatch(r"==[\w.]+", str(Requirement(line).specifier)), line
    for line in text("pyproject.toml").splitlines():
        if re.match(r'\s+"[A-Za-z][\w.-]+==', line) and "sys_platform" not in line:
            assert "# " in line, f"no reason given: {line.strip()}"


@pytest.mark.parametrize(
    ("asked", "lock"),
    [
        (PYPROJECT["project"]["dependencies"], "requirements.txt"),
        (PYPROJECT["dependency-groups"]["dev"], "requirements-dev.txt"),
    ],
)
def test_the_lock_holds_what_pyproject_asks_for(asked, lock):
    locked = by_name(pins(lock))
    for one in map(Requirement, asked):
        assert locked.get(one.name.lower()) == str(one.specifier), f"run `python run.py lock`: {one}"


def test_every_line_of_a_lock_is_an_exact_version():
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert all(re.fullmatch(r"==[\w.]+", str(one.specifier)) for one in pins(name))


def test_the_two_locks_agree():
    runtime = by_name(pins("requirements.txt"))
    for name, version in by_name(pins("requirements-dev.txt")).items():
        assert runtime.get(name, version) == version, name
    assert "-r requirements.txt" in text("requirements-dev.txt").splitlines()


def test_the_lock_ends_with_the_pack_itself():
    assert text("requirements.txt").splitlines()[-1] == "-e ."


def test_what_runs_here_is_what_is_locked():
    here = default_environment()
    for one in pins("requirements.txt") + pins("requirements-dev.txt"):
        if one.marker is None or one.marker.evaluate(here):
            assert "==" + importlib.metadata.version(one.name) == str(one.specifier), one.name


def test_all_files_name_the_same_pythons():
    allowed = SpecifierSet(PYPROJECT["project"]["requires-python"])
    binder = re.fullmatch(r"python-(\d+\.\d+)", text("runtime.txt").strip()).group(1)
    inside = [f"3.{minor}" for minor in range(6, 20) if f"3.{minor}" in allowed]
    assert inside == [f"3.{minor}" for minor in range(run.OLDEST[1], run.NEWEST[1] + 1)]
    assert binder in inside
    assert f"Python {inside[0]} to {inside[-1]}" in text("README.md")
    assert f"Python {inside[0]} to {inside[-1]}" in run.__doc__


def test_no_file_names_a_registry_or_a_path_of_one_computer():
    # The words are put together here, so that this file does not name them itself.
    places = [f"/{name}/" for name in ("tmp", "root", "work", "opt")]
    words = [*places, "file:/" + "/", "--index" + "-url", "--extra-index" + "-url", "pypi" + "."]
    for name in (*OURS, "CITATION.cff", "LICENSE-DATA.md", ".gitignore", ".gitattributes"):
        found = [word for word in words if word in text(name)]
        assert not found, f"{name}: {found}"


def test_readme_calls_only_commands_that_exist():
    called = set(re.findall(r"python run\.py ([a-z][a-z-]+)", text("README.md")))
    assert called <= set(run.COMMANDS) and {"lab", "test", "bench", "check-data", "binder-link"} <= called


def test_readme_links_lead_somewhere():
    for target in re.findall(r"\]\((?!https?:|#)([^)]+)\)", text("README.md")):
        if not target.startswith("docs/"):  # written beside this file, by others
            assert (ROOT / target).exists(), target


def test_ci_runs_the_readmes_test_command():
    assert "run.py test" in text(".ci/run") and "set -euo pipefail" in text(".ci/run")
    assert (ROOT / ".ci/run").stat().st_mode & 0o111 or sys.platform == "win32"


# ---------------------------------------------------------------- licences and citation


def test_the_citation_file_has_what_the_format_requires():
    cff = yaml.safe_load(text("CITATION.cff"))
    assert cff["cff-version"] == "1.2.0"
    assert cff["title"] and cff["message"] and cff["authors"] and all(one["name"] for one in cff["authors"])
    assert cff["type"] in ("software", "dataset")
    assert cff["version"] == PYPROJECT["project"]["version"]
    allowed = {"cff-version", "message", "title", "abstract", "type", "version", "authors", "license", "keywords"}
    assert set(cff) <= allowed  # the schema of CFF 1.2.0 refuses unknown keys


def test_every_file_names_the_same_licences():
    assert PYPROJECT["project"]["license"] == "MIT AND CC-BY-4.0"
    assert yaml.safe_load(text("CITATION.cff"))["license"] == ["MIT", "CC-BY-4.0"]
    assert text("LICENSE").startswith("MIT License") and "CC-BY-4.0" in text("LICENSE-DATA.md")
    for name in PYPROJECT["project"]["license-files"]:
        assert f"({name})" in text("README.md")
    data = json.loads(text("data/datapackage.json"))
    assert "CC-BY-4.0" in {one["name"] for one in data.get("licenses", [{"name": "CC-BY-4.0"}])}


# ---------------------------------------------------------------- the two ways of installing


def copy_of_checkout(folder: Path) -> Path:
    leave = shutil.ignore_patterns(".git", ".venv", "my_work", "__pycache__", ".*_cache", ".hypothesis")
    return Path(shutil.copytree(ROOT, folder / "checkout", ignore=leave))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of the checkout and without the network."""
    copy = copy_of_checkout(tmp_path_factory.mktemp("build"))
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"], cwd=copy, check=True)
    return next((copy / "out").glob("*.whl"))


def all_below(folder: str) -> list[Path]:
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return [path for path in files if not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)]


def packed(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_every_table(wheel):
    tables = {path.relative_to(ROOT / "data").as_posix() for path in all_below("data")}
    assert "datapackage.json" in tables
    assert {"utils/_data/" + name for name in tables} <= packed(wheel)


def test_the_wheel_carries_every_module_style_and_script(wheel):
    kinds = (".py", ".js", ".css")
    files = {path.relative_to(ROOT).as_posix() for path in all_below("utils") if path.suffix in kinds}
    assert files <= packed(wheel) and any(name.endswith(".js") for name in files)


def test_the_wheel_carries_nothing_else(wheel):
    tops = {name.split("/")[0] for name in packed(wheel)}
    assert {top for top in tops if not top.startswith("nine_points_three_tracks-")} == {"utils"}


def test_the_wheel_brings_jupyterlabs_defaults_under_a_name_of_its_own(wheel):
    (name,) = [one for one in packed(wheel) if "overrides" in one]
    assert name.endswith("share/jupyter/lab/settings/overrides.d/nine-points-three-tracks.json")


def test_jupyterlab_reads_the_defaults():
    import jupyterlab_server.settings_utils as settings

    read, error = settings._get_overrides(str(Path(sys.prefix) / "share/jupyter/lab/settings"))
    assert error == ""
    ours = json.loads(text("config/jupyterlab_defaults.json"))
    for plugin, values in ours.items():
        assert {name: read[plugin][name] for name in values} == values


def test_tables_load_from_a_plain_install_far_from_the_checkout(wheel, tmp_path):
    """As after Binder's `pip install .`, and from a folder that is not the project's."""
    site = tmp_path / "site with ə"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    code = (
        "import sys; site, checkout = sys.argv[1:]\n"
        "sys.path = [site] + [path for path in sys.path if path != checkout]\n"
        "import utils; from utils import tables\n"
        "print(utils.__file__); print(len(tables.load('events')))"
    )
    command = [sys.executable, "-I", "-c", code, str(site), str(ROOT)]  # -I: without PYTHONPATH
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    where, rows = done.stdout.splitlines()
    assert Path(where).is_relative_to(site) and int(rows) > 0


def test_an_editable_install_reads_the_checkout():
    """There must be no second `utils` in site-packages that hides an instructor's edits."""
    import utils

    assert Path(utils.__file__).is_relative_to(ROOT)
    assert not (Path(importlib.metadata.distribution("numpy").locate_file("")) / "utils").exists()


# ---------------------------------------------------------------- Binder


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker does not run on Windows")
def test_binder_takes_our_python_and_our_lock(tmp_path):
    copy = copy_of_checkout(tmp_path)
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(copy)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120)
    dockerfile = done.stdout + done.stderr
    assert done.returncode == 0, dockerfile[-2000:]
    assert "environment.py-3.11" in dockerfile.replace("-2e", ".").replace("-2d", "-")
    editable = dockerfile.index('pip install --no-cache-dir -r "requirements.txt"')
    plain = dockerfile.index("pip install --no-cache-dir .")
    assert editable < plain, "Binder installs the package a second time, away from the checkout"
    # -e . needs the whole checkout, so it must be copied before pip runs.
    assert dockerfile.index("COPY --chown=0:0 src/ ${REPO_DIR}/") < editable
