"""Each addon installs alone with pip, from a wheel that says what it needs."""

import ast
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ADDONS = Path(__file__).parent.parent / "addons"
MANIFESTS = sorted(ADDONS.glob("*/__manifest__.py"))


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """Wheels of all addons, by addon."""
    target = tmp_path_factory.mktemp("wheels")
    found = {}
    for manifest in MANIFESTS:
        folder = target / manifest.parent.name
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
        subprocess.run(
            [*command, "--outdir", folder, manifest.parent],
            check=True,
            capture_output=True,
        )
        found[manifest.parent.name] = next(folder.glob("*.whl"))
    return found


def metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.parent.name)
def test_wheel_asks_for_what_the_manifest_names(wheels, manifest):
    values = ast.literal_eval(manifest.read_text())
    read = metadata(wheels[manifest.parent.name])
    asked = " ".join(read.get_all("Requires-Dist"))
    ours = {path.parent.name for path in MANIFESTS} & set(values["depends"])
    assert all(f"odoo-addon-{name}" in asked for name in ours)
    outside = values.get("external_dependencies", {}).get("python", [])
    assert all(name.split("=")[0] in asked for name in outside)
    assert read["License"] == "LGPL-3"


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.parent.name)
def test_wheel_carries_views_and_assets(wheels, manifest):
    name = manifest.parent.name
    with zipfile.ZipFile(wheels[name]) as archive:
        held = {n.removeprefix(f"odoo/addons/{name}/") for n in archive.namelist()}
    values = ast.literal_eval(manifest.read_text())
    assert set(values.get("data", ())) <= held
    assert "static/description/icon.png" in held
