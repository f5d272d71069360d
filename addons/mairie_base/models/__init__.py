from . import (
    ir_actions_report,
    ir_http,
    mail_ice_server,
    mairie_integrity,
    mairie_population,
    mairie_sealed_mixin,
    mairie_setup_mixin,
    mairie_traitement,
    res_company,
    res_company_accessibility,
    res_config_settings,
    res_users,
)
