from . import mairie_scrutin_tour
