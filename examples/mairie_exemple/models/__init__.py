from . import mairie_seance, mairie_social_post, res_company, res_config_settings
