from . import mairie_social_group
from . import project_project
