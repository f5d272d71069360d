from . import mairie_seance_convene
from . import mairie_seance_convene_blocker
from . import mairie_seance_notes
