from . import mairie_social_ack_paper
from . import mairie_social_ack_paper_line
from . import mairie_social_group_leave
from . import mairie_social_import
from . import mairie_social_person_data
from . import mairie_social_person_data_export
from . import mairie_social_person_data_erase
from . import mairie_social_break_glass_ask
