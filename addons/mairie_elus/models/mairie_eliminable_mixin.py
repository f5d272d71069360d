from odoo import models


class MairieEliminableMixin(models.AbstractModel):
    """Sealed records with one way out: a slip of elimination, approved by the archives."""

    _name = "mairie.eliminable.mixin"
    _description = "Sealed Record That the Archives May Let Go"
    _inherit = ["mairie.sealed.mixin"]

    _refusal = "mairie_elus_refuse_change"

    def _create_refusal(self):
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION mairie_elus_refuse_change() RETURNS trigger AS $$
            BEGIN
                IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' THEN
                    IF EXISTS (SELECT 1 FROM mairie_elimination WHERE state = 'approved'
                        AND id::text = current_setting('mairie_elus.elimination', true))
                    THEN
                        RETURN OLD;
                    END IF;
                END IF;
                RAISE EXCEPTION 'Preuve scellée : % ne se modifie pas.', TG_TABLE_NAME
                    USING ERRCODE = '23514';
            END $$ LANGUAGE plpgsql
            """
        )
