from . import mairie_rdv_close, mairie_rdv_model
from . import mairie_rdv_person
from . import mairie_rdv_week
