from . import mairie_rdv_close, mairie_rdv_model
