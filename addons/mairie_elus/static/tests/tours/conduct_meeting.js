import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("mairie_elus_conduct_meeting", {
    steps: () => [
        {
            content: "Go to the table of the meeting",
            trigger: ".o_statusbar_buttons button[name=action_conduct]",
            run: "click",
        },
        {
            content: "Everybody is in the room",
            trigger: ".o_mairie_everybody",
            run: "click",
        },
        {
            content: "The deputy presides",
            trigger: ".o_mairie_chair select:not(.o_mairie_secretary)",
            run: "selectByLabel Paul Adjoint",
        },
        {
            content: "Somebody is named secretary of the meeting",
            trigger: ".o_mairie_chair .o_mairie_secretary",
            run: "selectByLabel Rose Papier",
        },
        {
            content: "Open the first item",
            trigger: ".o_mairie_console_item button.btn-primary",
            run: "click",
        },
        {
            content: "Note the debate, and leave the notes at once",
            trigger: "#o_mairie_debate",
            run: "edit Le conseil débat. && press Tab",
        },
        {
            content: "The vote says what it would decide",
            trigger: ".o_mairie_ballot > button.btn-primary:contains(3):enabled",
        },
        {
            content: "One is against: those for are what is left",
            trigger: ".o_mairie_ballot_count:nth-child(2) input",
            run: "edit 1 && press Enter",
        },
        {
            content: "Record the vote",
            trigger: ".o_mairie_ballot > button.btn-primary:contains(2):contains(1):enabled",
            run: "click",
        },
        {
            content: "The agenda shows it",
            trigger: ".o_mairie_console_agenda li:first-child .badge",
        },
        {
            content: "Close the meeting",
            trigger: ".o_mairie_console_close",
            run: "click",
        },
        {
            content: "Say so",
            trigger: ".modal-footer button.btn-primary",
            run: "click",
        },
        {
            content: "Its act has a number",
            trigger: ".o_form_view button[name=action_view_deliberations]",
        },
    ],
});
