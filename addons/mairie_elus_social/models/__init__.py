from . import mairie_social_group
from . import mairie_instance
from . import mairie_instance_membre
from . import mairie_mandat
from . import mairie_social_post
