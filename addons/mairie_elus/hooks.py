from odoo.addons.mairie_base.hooks import leave


def pre_init_hook(env):
    """Exclusion constraints on people and dates need the btree_gist extension."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")


def uninstall_hook(env):
    """Break the seals: what the module kept goes away with it."""
    functions = ("mairie_elus_refuse_change", "mairie_elus_vote_is_open")
    leave(env, "mairie_elus", *functions)
