"""The rule of messages speaks of invitations too: it is made anew from its file.

A town may have changed rules of its own; this one left the messages of invitations
unseen by everybody.
"""

MINE = "module = 'mairie_rdv' AND name = 'mairie_rdv_envoi_rule_lieu'"


def migrate(cr, version):
    cr.execute(
        f"DELETE FROM ir_rule WHERE id = (SELECT res_id FROM ir_model_data WHERE {MINE})"
    )
    cr.execute(f"DELETE FROM ir_model_data WHERE {MINE}")
