from . import mairie_scrutin_install
from . import mairie_scrutin_install_line
from . import mairie_scrutin_elu_replace
from . import mairie_scrutin_elu_restore
