import logging
import re
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import HttpCase, no_retry, tagged

_logger = logging.getLogger(__name__)

# Quoted, a filter would be fuzzy; this one means the addons of ours and no other.
URL = "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&filter=/^@mairie_/"
SUCCESS = "[HOOT] Test suite succeeded"
TEST_CALL = re.compile(r"^\s*test(\.tags\([^)]*\))?\(", re.MULTILINE)


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    """The component tests of every installed addon of ours, in a real browser."""

    @no_retry
    def test_components_of_every_mairie_addon(self):
        written = self._count_written_tests()
        passed = re.search(r"Passed (\d+) tests", self._run_browser())
        self.assertTrue(passed, "the browser says how many tests it ran")
        # A filter that meets nothing would succeed as well.
        self.assertGreaterEqual(int(passed[1]), written)

    def _run_browser(self):
        """Run the tests and return all that the browser's console said."""
        with self.assertLogs(_logger, "INFO") as logs:
            try:
                self.browser_js(
                    URL,
                    "",
                    "",
                    login="admin",
                    timeout=600,
                    success_signal=SUCCESS,
                    error_checker=lambda message: "[HOOT]" not in message,
                )
            except AssertionError as error:
                # assertLogs keeps the log to itself: without it nobody knows why.
                lines = [line for line in logs.output if "HOOT" in line]
                raise AssertionError("\n".join([*lines, str(error)])) from None
        return "\n".join(logs.output)

    def _count_written_tests(self):
        addons = self.env["ir.module.module"].search(
            [("name", "=like", r"mairie\_%"), ("state", "=", "installed")]
        )
        return sum(
            len(TEST_CALL.findall(source.read_text()))
            for name in addons.mapped("name")
            for source in Path(get_module_path(name)).glob("static/tests/**/*.test.js")
        )
