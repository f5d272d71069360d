import { registry } from "@web/core/registry";
import { openCouncil, proclaimFrom, shareSeats } from "./council_steps";

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
        ...shareSeats(),
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
        ...proclaimFrom("Essai"),
        {
            content: "proclaimed: the seats again",
            trigger:
                ".o_form_view:not(:has(button[name='action_proclaim'])) button[name='action_view_seats']",
            run: "click",
        },
        openCouncil(),
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
