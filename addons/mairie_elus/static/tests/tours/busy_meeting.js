import { registry } from "@web/core/registry";

const amendments = ".o_mairie_amendments";
const record = ".o_mairie_ballot > button.btn-primary:enabled";

registry.category("web_tour.tours").add("mairie_elus_busy_meeting", {
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
            content: "Open the first item by its key",
            trigger: ".o_mairie_console_item button[data-hotkey=g]",
            run: "press Alt+g",
        },
        {
            content: "Somebody proposes an amendment",
            trigger: ".o_mairie_amend",
            run: "click",
        },
        {
            content: "Write it",
            trigger: `${amendments} textarea`,
            run: "edit Ajouter la rue des Écoles",
        },
        {
            content: "Note it",
            trigger: `${amendments} .btn-primary:enabled`,
            run: "click",
        },
        {
            content: "Put it to the vote",
            trigger: `${amendments} li button`,
            run: "click",
        },
        {
            content: "The vote is that of the amendment",
            trigger: ".o_mairie_ballot h3:contains(Amendement n° 1)",
        },
        {
            content: "Two are against it",
            trigger: ".o_mairie_ballot_count input[data-side=contre]",
            run: "edit 2 && press Enter",
        },
        {
            content: "Record it",
            trigger: `${record}:contains(2)`,
            run: "click",
        },
        {
            content: "It is not adopted",
            trigger: `${amendments} li .fa-times-circle`,
        },
        {
            content: "Suspend the meeting",
            trigger: ".o_mairie_suspend",
            run: "click",
        },
        {
            content: "Resume it",
            trigger: ".o_mairie_resume",
            run: "click",
        },
        {
            content: "Vote on the item by names",
            trigger: "#o_mairie_mode_public",
            run: "click",
        },
        {
            content: "On the members' devices",
            trigger: ".o_mairie_ballot_open",
            run: "click",
        },
        {
            content: "Close it",
            trigger: ".o_mairie_ballot_close",
            run: "click",
        },
        {
            content: "Nobody has said anything: they abstain",
            trigger: ".o_mairie_rest",
            run: "click",
        },
        {
            content: "It is not adopted, and recorded",
            trigger: record,
            run: "click",
        },
        {
            content: "Go on to the election",
            trigger: ".o_mairie_console_agenda li:nth-child(2) button",
            run: "click",
        },
        {
            content: "Prepare it",
            trigger: ".o_mairie_election_form .btn-primary",
            run: "click",
        },
        {
            content: "A first candidate",
            trigger: ".o_mairie_candidate",
            run: "selectByLabel Paul Adjoint",
        },
        {
            content: "A second one",
            trigger: ".o_mairie_nomination:contains(Paul Adjoint) .o_mairie_candidate",
            run: "selectByLabel Rose Papier",
        },
        {
            content: "Two votes for the first",
            trigger: ".o_mairie_nomination_count:nth-child(2):contains(Rose) input",
            run: "edit 2 && press Enter",
        },
        {
            content: "Record the round",
            trigger: ".o_mairie_nomination > .btn-primary:enabled",
            run: "click",
        },
        {
            content: "She is elected: the body in which she will sit",
            trigger: ".o_mairie_nomination .o_mairie_body",
            run: "selectByLabel Syndicat scolaire",
        },
        {
            content: "Note it in the mandates",
            trigger: ".o_mairie_install",
            run: "click",
        },
        {
            content: "What changes is read first",
            trigger: ".modal-body:contains(Rose Papier)",
        },
        {
            content: "Confirm",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "It is noted, and may be taken back",
            trigger: ".o_mairie_uninstall",
        },
    ],
});
