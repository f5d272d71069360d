"""Who may import whom. A wall that nothing checks does not stand."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ADDONS = ROOT / "addons"
MANIFESTS = sorted(ADDONS.glob("*/__manifest__.py"))
CLOCKS = {"today", "now", "utcnow", "time", "localtime", "gmtime"}
HANDS = {"open", "input", "print", "exec", "eval", "__import__"}
STANDARD = {
    "__future__",
    "bisect",
    "calendar",
    "collections",
    "colorsys",
    "csv",
    "dataclasses",
    "datetime",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "html",
    "io",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "string",
    "types",
    "typing",
    "unicodedata",
    "xml",
    "zoneinfo",
}


def sources(pattern):
    found = sorted(ADDONS.glob(pattern))
    return pytest.mark.parametrize(
        "path", found, ids=lambda path: str(path.relative_to(ADDONS))
    )


def imported(path):
    """Full names of the modules that a file imports; relative ones start with "."."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def called(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            target = node.func
            yield getattr(target, "attr", getattr(target, "id", ""))


def needs(addon):
    """Addons of ours that an addon depends on, directly or not, itself included."""
    manifest = ast.literal_eval((ADDONS / addon / "__manifest__.py").read_text())
    ours = {path.parent.name for path in MANIFESTS}
    found = {addon}
    for name in set(manifest["depends"]) & ours:
        found |= needs(name)
    return found


def addon_of(path):
    return path.relative_to(ADDONS).parts[0]


@sources("*/lib/*.py")
def test_rules_of_law_are_pure(path):
    """lib/ imports the standard library and itself: no Odoo, no clock, no file."""
    allowed = STANDARD | needs(addon_of(path))
    names = [name for name in imported(path) if not name.startswith(".")]
    assert not [name for name in names if name.split(".")[0] not in allowed]
    assert not [name for name in imported(path) if name.startswith("...")]
    assert not (CLOCKS | HANDS) & set(called(path))


@sources("*/**/*.py")
def test_addons_never_import_sideways(path):
    """An addon knows those that it depends on, never a sibling."""
    ours = {manifest.parent.name for manifest in MANIFESTS}
    prefixes = [f"odoo.addons.{name}" for name in ours - needs(addon_of(path))]
    assert not [
        name
        for name in imported(path)
        if any(name == wall or name.startswith(wall + ".") for wall in prefixes)
    ]


@sources("*/models/*.py")
def test_models_do_not_know_the_request(path):
    assert "odoo.http" not in set(imported(path)) or "request" not in path.read_text()


@sources("*/controllers/*.py")
def test_controllers_hold_no_sql(path):
    assert not {"execute", "mogrify"} & set(called(path))


@sources("*/models/*.py")
def test_a_model_file_stays_readable(path):
    assert len(path.read_text().splitlines()) <= 300


@sources("*/**/*.py")
def test_a_function_stays_readable(path):
    """Sixty lines at most: a longer one is a question of design."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, functions) and node.end_lineno - node.lineno >= 60
    ]
    assert not long


@sources("*/views/*.xml")
def test_a_view_file_holds_one_model(path):
    from lxml import etree

    records = etree.parse(str(path)).iterfind(".//record[@model='ir.ui.view']")
    models = {record.findtext("field[@name='model']") for record in records}
    assert len(models) <= 1


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.parent.name)
def test_an_addon_is_presented_and_packaged(manifest):
    """Each installs alone as a wheel and says what it is."""
    folder = manifest.parent
    values = ast.literal_eval(manifest.read_text())
    assert values["license"] == "LGPL-3"
    assert values["version"].startswith("19.0.")
    assert "whool" in (folder / "pyproject.toml").read_text()
    for name in ("DESCRIPTION.md", "USAGE.md", "DEVELOP.md"):
        assert len((folder / "readme" / name).read_text()) > 200
    assert (folder / "README.rst").exists()
    assert (folder / "static/description/icon.png").exists()
