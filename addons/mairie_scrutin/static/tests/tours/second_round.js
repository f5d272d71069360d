import { registry } from "@web/core/registry";

const PEOPLE = ".o_field_widget[name='elu_ids'] .o_data_row";

registry.category("web_tour.tours").add("mairie_scrutin_second_round", {
    steps: () => [
        {
            content: "round 1 has no absolute majority: prepare round 2",
            trigger: ".o_form_view button[name='action_prepare_second']",
            run: "click",
        },
        {
            content: "the wizard says who may stand, with the figure",
            trigger: ".modal .alert-info:contains('82')",
        },
        {
            content: "the smallest list joins another one",
            trigger: ".modal .o_data_row:contains('Trois') td[name='stands']",
            run: "click",
        },
        {
            content: "it does not stand itself",
            trigger: ".modal .o_data_row:contains('Trois') td[name='stands'] input:not(:checked)",
        },
        {
            content: "create the round, its lists and its stations",
            trigger: ".modal button[name='action_create_second']",
            run: "click",
        },
        {
            content: "round 2 is open, tied to round 1",
            trigger: ".o_form_view .o_field_widget[name='previous_tour_id']",
        },
        {
            content: "two lists",
            trigger: ".o_field_widget[name='candidature_ids'] .o_data_row:nth-child(2)",
        },
    ],
});

registry.category("web_tour.tours").add("mairie_scrutin_seats", {
    steps: () => [
        {
            content: "share the seats of round 2",
            trigger: ".o_form_view button[name='action_allocate']",
            run: "click",
        },
        {
            content: "open the council",
            trigger: ".o_list_view .o_data_row:first td[name='organe']",
            run: "click",
        },
        {
            content: "the reasons are told one by one",
            trigger: ".o_mairie_explanation li:nth-child(3)",
        },
        {
            content: "who is elected",
            trigger: ".o_notebook .nav-link[name='elected']",
            run: "click",
        },
        {
            content: "people in the order of the list",
            trigger: ".o_field_widget[name='elu_ids'] .o_data_row:first:contains('ROY')",
        },
        {
            content: "back to the round",
            trigger: ".o_breadcrumb a:contains('Essai')",
            run: "click",
        },
        {
            content: "proclaim",
            trigger: ".o_form_view button[name='action_proclaim']",
            run: "click",
        },
        {
            content: "confirm",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "proclaimed: the seats again",
            trigger:
                ".o_form_view:not(:has(button[name='action_proclaim'])) button[name='action_view_seats']",
            run: "click",
        },
        {
            content: "the council",
            trigger: ".o_list_view .o_data_row:first td[name='organe']",
            run: "click",
        },
        {
            content: "its people",
            trigger: ".o_notebook .nav-link[name='elected']",
            run: "click",
        },
        {
            content: "the first one leaves",
            trigger: `${PEOPLE}:first button[name='action_replace']`,
            run: "click",
        },
        {
            content: "the screen names who takes the seat, and why",
            trigger: ".modal .o_field_widget[name='explanation'] li:contains('L270')",
        },
        {
            content: "write it",
            trigger: ".modal button[name='action_replace']",
            run: "click",
        },
        {
            content: "it is written",
            trigger: ".modal .alert-success:visible",
        },
        {
            content: "close",
            trigger: ".modal button[special='cancel']",
            run: "click",
        },
        {
            content: "take it back",
            trigger: `${PEOPLE}:first button[name='action_restore']`,
            run: "click",
        },
        {
            content: "with its reason",
            trigger: ".modal .o_field_widget[name='reason'] input",
            run: "edit Démission retirée",
        },
        {
            content: "undo",
            trigger: ".modal button[name='action_restore']",
            run: "click",
        },
        {
            content: "the first one sits again",
            trigger: `body:not(:has(.modal)) ${PEOPLE}:first button[name='action_replace']`,
        },
    ],
});
