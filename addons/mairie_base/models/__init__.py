from . import ir_actions_report, mairie_population, res_company
