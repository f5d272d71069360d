from odoo.addons.mairie_base.hooks import leave


def uninstall_hook(env):
    leave(env, "mairie_social")
