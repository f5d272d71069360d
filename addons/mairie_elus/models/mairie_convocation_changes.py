from odoo import models


class MairieConvocation(models.Model):
    """What is new on the member's page since the notice before this one."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.convocation"

    def _prepare_page_vals(self, token=None):
        """Add ``news`` to each item ("new", "changed" or ""), ``is_new`` to each file."""
        vals = super()._prepare_page_vals(token)
        changes = self._get_notice_changes()
        fresh = {*changes.get("added_files", ()), *changes.get("replaced_files", ())}
        pieces = [piece for point in vals["points"] for piece in point["pieces"]]
        for piece in pieces:
            piece["is_new"] = piece["name"] in fresh
        for point in vals["points"]:
            point["news"] = self._get_point_news(point, changes)
        news = [point["news"] for point in vals["points"]]
        return {
            **vals,
            "new_points": news.count("new"),
            "changed_points": news.count("changed"),
            "new_pieces": [piece["is_new"] for piece in pieces].count(True),
        }

    def _get_point_news(self, point, changes):
        if point["name"] in changes.get("added_points", ()):
            return "new"
        fresh = any(piece["is_new"] for piece in point["pieces"])
        changed = point["name"] in changes.get("changed_points", ())
        return "changed" if changed or fresh else ""

    def _get_notice_changes(self):
        """Return what the last sending said of the one before it, {} for the first."""
        last = self.seance_id.sudo().envoi_ids.sorted("sequence")[-1:]
        return last._get_facts().get("changes", {}) if last else {}
