import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("mairie_elus_convene_council", {
    steps: () => [
        {
            content: "The clock is there from the preparation on",
            trigger: ".o_field_widget[name=clock_detail]",
        },
        {
            content: "Open the sending screen",
            trigger: ".o_statusbar_buttons button[name=action_convene]",
            run: "click",
        },
        {
            content: "It says the last lawful day",
            trigger: ".modal .o_field_widget[name=clock_detail]",
        },
        {
            content: "It shows what the members will read",
            trigger: ".modal .o_field_widget[name=preview] li:contains(Affaire 1)",
        },
        {
            content: "Convene the members",
            trigger: ".modal-footer button[name=action_convene]",
            run: "click",
        },
        {
            content: "The proof stays on screen",
            trigger: ".modal .o_field_widget[name=summary]",
        },
        {
            content: "Close it",
            trigger: ".modal-footer button[special=cancel]",
            run: "click",
        },
        {
            content: "The meeting is convened",
            trigger: ".o_arrow_button_current[data-value=convened]",
        },
    ],
});
