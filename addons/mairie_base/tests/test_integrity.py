from odoo.tests.common import tagged

from .common import MairieCase


@tagged("post_install", "-at_install")
class TestIntegrity(MairieCase):
    def test_a_file_that_is_not_what_was_stored_is_named(self):
        integrity = self.env["mairie.integrity"]
        whole = self.env["ir.attachment"].create({"name": "a", "raw": b"whole"})
        before = integrity._get_file_faults()
        self.assertFalse(any(str(whole.id) in fault for fault in before))
        # The row of another content: what a restore with wrong files looks like.
        other = self.env["ir.attachment"].create({"name": "b", "raw": b"other"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = %s WHERE id = %s",
            [other.store_fname, whole.id],
        )
        after = integrity._get_file_faults()
        self.assertEqual(len(after), len(before) + 1)
        self.assertIn(str(whole.id), after[0] if not before else " ".join(after))
