"""The example of the integrator's guide: installed on the town, its own tests run."""

import re

from devtools import odoo_source, settings
from devtools.odoo_command import QUIET
from devtools.server import free_port


def test_the_example_addon_installs_and_passes_its_tests(databases):
    home = databases.odoo.home
    paths = [
        *odoo_source.addons_paths(home),
        settings.ADDONS,
        settings.ROOT / "examples",
    ]
    name, log = "example", settings.LOGS / "example.log"
    databases.copy_template(name)
    try:
        databases.odoo.run(
            f"--addons-path={','.join(map(str, paths))}",
            *("-d", name, "-i", "mairie_exemple", "--test-tags=/mairie_exemple"),
            *("--stop-after-init", f"--http-port={free_port()}"),
            f"--log-handler={QUIET}",
            log=log,
        )
        said = log.read_text()
    finally:
        databases.drop(name)
    assert re.search(r"0 failed, 0 error\(s\) of [1-9]\d* tests", said), said[-2000:]
    assert not re.search(r" (WARNING|ERROR|CRITICAL) .*mairie_exemple", said)
