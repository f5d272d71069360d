import { registry } from "@web/core/registry";

/** The supervisor takes the spreadsheet's menu, then the auditor's verdict. */
registry.category("web_tour.tours").add("mairie_scrutin_proof", {
    steps: () => [
        { trigger: ".o_form_view .nav-link:contains(Journal)", run: "click" },
        { trigger: "button[name=action_verify]", run: "click" },
        { trigger: ".modal button[name=action_verify]", run: "click" },
        { trigger: ".modal .alert-success:contains(Journal intact)" },
        { trigger: ".modal .btn-close", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: "button[name=action_exports]", run: "click" },
        { trigger: ".modal .alert-success:contains(3)" },
        { trigger: ".modal button[name=action_xlsx]" },
        { trigger: ".modal .btn-close", run: "click" },
    ],
});

/** A rehearsal is started, watched for a while, then its copy is deleted. */
registry.category("web_tour.tours").add("mairie_scrutin_rehearsal", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: ".o_mairie_rehearsal" },
        { trigger: ".o_statusbar_buttons button[name=action_pause]", run: "click" },
        { trigger: ".o_statusbar_buttons button[name=action_resume]", run: "click" },
        { trigger: ".o_statusbar_buttons button[name=action_stop]", run: "click" },
        { trigger: ".o_statusbar_buttons button[name=action_clean]", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: "button[name=action_start]" },
    ],
});
