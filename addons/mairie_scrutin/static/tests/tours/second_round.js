import { registry } from "@web/core/registry";

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
    ],
});
