from odoo.addons.mairie_base.hooks import leave


def uninstall_hook(env):
    """Break the seals: what the module kept goes away with it."""
    names = ("append_only", "rehearsal_kept", "second_author")
    leave(env, "mairie_scrutin", *[f"mairie_scrutin_{name}" for name in names])
