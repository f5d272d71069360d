from . import mairie_scrutin
from . import mairie_scrutin_elected
from . import phone
from . import mairie_scrutin_membre
from . import resultats
from . import ecran
