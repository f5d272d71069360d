from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..lib.register import fingerprint, hide_small, tenths


class MairieSocialPost(models.Model):
    """What HR, the author and the managers see of a mandatory reading."""

    _inherit = "mairie.social.post"

    expected_count = fields.Integer("Asked", compute="_compute_ack_counts")
    read_count = fields.Integer("Read", compute="_compute_ack_counts")
    ack_share = fields.Char("Share Read", compute="_compute_ack_counts")
    remind_label = fields.Char(
        compute="_compute_ack_counts", export_string_translation=False
    )

    def _compute_ack_counts(self):
        rows = self._count_lines()
        for post in self:
            total, read = rows.get(post.id, (0, 0))
            post.expected_count, post.read_count = total, read
            share = f"{tenths(read, total) / 10:.1f}".replace(".", ",")
            post.ack_share = self.env._("%s %%", share)
            left = total - read
            post.remind_label = (
                self.env._("Remind 1 person")
                if left == 1
                else self.env._("Remind %s people", left)
            )

    def _count_lines(self):
        """:return: post id -> (asked, read) of the present version"""
        self.env["mairie.social.ack.line"].flush_model()
        self.flush_model(["version"])
        self.env.cr.execute(
            """
            SELECT line.post_id, COUNT(*), COUNT(line.ack_at)
              FROM mairie_social_ack_line line
              JOIN mairie_social_post post
                ON post.id = line.post_id AND post.version = line.version
             WHERE line.post_id = ANY(%s)
               AND (line.closed_at IS NULL OR line.ack_at IS NOT NULL)
             GROUP BY line.post_id
            """,
            [self.ids],
        )
        return {
            post_id: (total, read) for post_id, total, read in self.env.cr.fetchall()
        }

    def get_ack_board(self):
        """Read how far a mandatory reading has come; nobody is named.

        :return: dict total, read, share (text), left, services (list of dict name,
            total, read; only those of five people or more), others (dict or False)
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("mairie_social.group_contributor"):
            raise AccessError(self.env._("Only contributors see these figures."))
        total, read = self._count_lines().get(self.id, (0, 0))
        shown, others = hide_small(
            self._count_by_service(), self.company_id.sudo().mairie_social_threshold
        )
        return {
            "total": total,
            "read": read,
            "left": total - read,
            "share": self.ack_share,
            "permille": tenths(read, total),
            "services": [
                {"name": name, "total": asked, "read": done}
                for name, asked, done in shown
            ],
            "others": others[0] and {"total": others[0], "read": others[1]},
        }

    def _count_by_service(self):
        """:return: list of (service, asked, read), by name"""
        self.env.cr.execute(
            """
            SELECT COALESCE(service_name, ''), COUNT(*), COUNT(ack_at)
              FROM mairie_social_ack_line
             WHERE post_id = %s AND version = %s
               AND (closed_at IS NULL OR ack_at IS NOT NULL)
             GROUP BY 1 ORDER BY 1
            """,
            [self.id, self.version],
        )
        unknown = self.env._("Without a service")
        return [
            (name or unknown, total, read)
            for name, total, read in self.env.cr.fetchall()
        ]

    def action_remind(self):
        """Ask for a reminder now: it leaves when each one is at work."""
        self.ensure_one()
        self._check_may_follow()
        lines = self._find_open_lines().filtered(
            lambda line: line.version == self.version
        )
        lines.write({"reminder_asked": True})
        self.env.ref("mairie_social.ir_cron_remind").sudo()._trigger()
        message = self.env._(
            "%s people will be reminded. Those who are absent, on their return.",
            len(lines),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "success"},
        }

    def action_print_register(self):
        """Print the register; the export is noted in the log with its fingerprint."""
        self.ensure_one()
        if not self.env.user.has_group("mairie_social.group_hr"):
            raise AccessError(self.env._("The register is kept by HR."))
        self.check_access("read")
        versions = self._get_versions()
        if not versions:
            raise UserError(self.env._("This post has no register."))
        versions._check_whole()
        marks = ", ".join(self._get_register(version)["mark"] for version in versions)
        self._log("register", marks)
        return self.env.ref("mairie_social.action_report_register").report_action(self)

    def action_print_sheet(self):
        """Print the sheet that those who have not read sign by hand."""
        self.ensure_one()
        if not self._get_team_lines():
            raise UserError(self.env._("Everybody has read: no sheet is needed."))
        return self.env.ref("mairie_social.action_report_sheet").report_action(self)

    def _get_versions(self):
        """:return: the texts kept, oldest first, sudoed"""
        Version = self.env["mairie.social.post.version"].sudo()
        return Version.search([("post_id", "in", self.ids)], order="number")

    def _get_register(self, version):
        """The register of one version as facts that are printed and sealed.

        :return: dict title, reference, number, frozen_at, content_hash, rows (list of
            dict name, service, asked, read, how, sheet, closed), read, total, mark
        """
        self.ensure_one()
        domain = [("post_id", "=", self.id), ("version", "=", version.number)]
        lines = self.env["mairie.social.ack.line"].sudo().search(domain)
        facts = {
            "title": version.name,
            "reference": version.reference or "",
            "number": version.number,
            "frozen_at": fields.Datetime.to_string(version.frozen_at),
            "content_hash": version.content_hash,
            "rows": [self._format_register_row(line) for line in lines],
        }
        counted = [line for line in lines if line.ack_at or not line.closed_at]
        read = len([line for line in counted if line.ack_at])
        mark = fingerprint(facts)
        return {**facts, "total": len(counted), "read": read, "mark": mark}

    def _format_register_row(self, line):
        moment = self.company_id._mairie_localize

        def write(value):
            return moment(value).strftime("%d/%m/%Y %H:%M") if value else ""

        return {
            "name": line.person_name or "",
            "service": line.service_name or "",
            "asked": write(line.expected_at),
            "read": write(line.ack_at),
            "how": line.how or "",
            "sheet": line.sheet_number or 0,
            "closed": write(line.closed_at),
        }

    def _check_may_follow(self):
        """Its author and HR follow a reading; numbers only, save for HR."""
        self.check_access("read")
        is_hr = self.env.user.has_group("mairie_social.group_hr")
        for post in self:
            if not is_hr and post.author_id != self.env.user and not post.may_review:
                raise AccessError(self.env._("Only its author may do this."))
