from . import mairie_scrutin_tour
from . import mairie_mandat
