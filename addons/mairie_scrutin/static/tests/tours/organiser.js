import { registry } from "@web/core/registry";

const CARD = ".o_kanban_record:contains('Essai du matin')";
const TABLE = [
    "bureau;rôle;liste;nom;prénom",
    "1;président;;Allard;Anne",
    "1;secrétaire;;Bertin;Paul",
    "1;assesseur;1;Collet;Jean",
    "1;assesseur;99;Dupuis;Léa",
].join("\n");

registry.category("web_tour.tours").add("mairie_scrutin_organiser", {
    steps: () => [
        {
            content: "open the round that has no member yet",
            trigger: `${CARD} .fw-bold`,
            run: "click",
        },
        {
            content: "import members",
            trigger: ".o_form_view button[name='action_import_members']",
            run: "click",
        },
        {
            content: "paste the table",
            trigger: ".modal .o_field_widget[name='text'] textarea",
            run({ anchor }) {
                anchor.value = TABLE;
                anchor.dispatchEvent(new InputEvent("input", { bubbles: true }));
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "see what it changes",
            trigger: ".modal button[name='action_preview']",
            run: "click",
        },
        {
            content: "the line of an unknown list is told",
            trigger: ".modal .o_field_widget[name='problem_ids'] .o_data_row:contains('99')",
        },
        {
            content: "import the others",
            trigger: ".modal button[name='action_import']",
            run: "click",
        },
        {
            content: "done",
            trigger: ".modal .alert-success:visible",
        },
        {
            content: "close",
            trigger: ".modal button[special='cancel']",
            run: "click",
        },
        {
            content: "gaps first",
            trigger: ".o_form_view button[name='action_view_people']",
            run: "click",
        },
        {
            content: "an assessor is missing in station 0001",
            trigger:
                ".o_list_view .o_data_row:contains('0001') td[name='people_gap_count']:contains('1')",
        },
        {
            content: "open the station",
            trigger: ".o_list_view .o_data_row td[name='code']:contains('0001')",
            run: "click",
        },
        {
            content: "somebody came",
            trigger: ".o_form_view .o_data_row:contains('Allard') button[name='action_arrived']",
            run: "click",
        },
        {
            content: "his presence is noted",
            trigger: ".o_form_view .o_data_row:contains('Allard') button[name='action_left']",
        },
        {
            content: "the half hours of the day",
            trigger: ".o_form_view .nav-link[name='rota']",
            run: "click",
        },
        {
            content: "members in each of them",
            trigger: ".o_form_view .o_mairie_rota tbody td:contains('3')",
        },
        {
            content: "back to the round",
            trigger: ".o_breadcrumb a:contains('Essai du matin')",
            run: "click",
        },
        {
            content: "convene everyone",
            trigger: ".o_form_view button[name='action_convene_members']",
            run: "click",
        },
        {
            content: "after having read who gets what",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "nobody is left",
            trigger: ".o_form_view:not(:has(button[name='action_convene_members']))",
        },
    ],
});
