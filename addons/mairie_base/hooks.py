"""What our addons do when they leave a database."""

from odoo.tools import SQL


def uninstall_hook(env):
    leave(env, "mairie_base", "mairie_refuse_change")


def leave(env, module, *functions):
    """Prepare the tables of a module to go.

    Before it drops the tables Odoo deletes, one by one, the records that came with the
    module: sealed rows refuse, and rows that point to each other hold each other back.
    The tables go whole a moment later: seals and references may go before them.

    :param functions: names of the functions of the module's triggers
    """
    env.flush_all()
    models = [
        model
        for model in env.registry.values()
        if model._original_module == module and model._auto and not model._abstract
    ]
    for name in functions:
        env.cr.execute(
            SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(name))
        )
    _drop_references(env, [model._table for model in models])
    env.cr.execute(
        SQL(
            "DELETE FROM ir_model_data WHERE module = %s AND model IN %s",
            module,
            tuple(model._name for model in models),
        )
    )
    env.invalidate_all()


def _drop_references(env, tables):
    """Let no row of these tables hold another one."""
    env.cr.execute(
        SQL(
            """
            SELECT t.relname, c.conname
              FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
             WHERE c.contype = 'f' AND t.relname IN %s
            """,
            tuple(tables),
        )
    )
    for table, constraint in env.cr.fetchall():
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(constraint),
            )
        )
