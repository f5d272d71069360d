from . import mairie_scrutin
