from . import mairie_scrutin_tour_import
from . import mairie_scrutin_tour_import_line
from . import mairie_scrutin_bureau_tour_enter
from . import mairie_scrutin_bureau_tour_reopen
from . import mairie_scrutin_tour_verify
from . import mairie_scrutin_tour_export
