def uninstall_hook(env):
    """Break the seals: what the module kept goes away with it."""
    env.cr.execute("DROP FUNCTION IF EXISTS mairie_scrutin_append_only() CASCADE")
    env.cr.execute("DROP FUNCTION IF EXISTS mairie_scrutin_rehearsal_kept() CASCADE")
    env.cr.execute("DROP FUNCTION IF EXISTS mairie_scrutin_second_author() CASCADE")
    env.cr.execute(
        "TRUNCATE mairie_scrutin_saisie, mairie_scrutin_saisie_ligne, "
        "mairie_scrutin_controle, mairie_scrutin_journal, mairie_scrutin_maillon, "
        "mairie_scrutin_participation CASCADE"
    )
    env.invalidate_all()
