def uninstall_hook(env):
    """Leave no function behind in the database."""
    env.cr.execute("DROP FUNCTION IF EXISTS mairie_scrutin_append_only() CASCADE")
