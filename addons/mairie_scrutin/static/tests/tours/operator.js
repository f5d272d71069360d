import { registry } from "@web/core/registry";
import { encodeDay } from "@mairie_scrutin/phone/fallback";

function type(field, text) {
    return {
        content: `type ${field}`,
        trigger: `.modal ${field}`,
        run: `edit ${text}`,
    };
}

registry.category("web_tour.tours").add("mairie_scrutin_operator", {
    steps: () => [
        {
            content: "choose the round of the test",
            trigger: "#mairie_night_round",
            run() {
                const select = document.querySelector("#mairie_night_round");
                const option = [...select.options].find((o) => o.text.includes("Essai du soir"));
                select.value = option.value;
                select.dispatchEvent(new Event("change"));
            },
        },
        {
            content: "a station without network sends a line",
            trigger: ".o_mairie_night_tell",
            run: "click",
        },
        {
            content: "type it as received",
            trigger: ".modal [name='code_lines'] textarea",
            run({ anchor }) {
                const round = document.querySelector("#mairie_night_round").value;
                anchor.value = encodeDay("0009", round, "turnout", 12, 231);
                anchor.dispatchEvent(new InputEvent("input", { bubbles: true }));
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "read it",
            trigger: ".modal button[name='action_read_code']",
            run: "click",
        },
        {
            content: "the sentence to read back",
            trigger: ".modal .alert-warning:contains('0009'):contains('231')",
        },
        {
            content: "the station says yes",
            trigger: ".modal button[name='action_record']",
            run: "click",
        },
        {
            content: "noted, ready for the next one",
            trigger: ".modal .alert-success:contains('0009')",
        },
        {
            content: "close",
            trigger: ".modal button[special='cancel']",
            run: "click",
        },
        {
            content: "look for the station that telephones",
            trigger: "body:not(:has(.modal)) .o_mairie_night:contains('0009') #mairie_night_words",
            run: "edit 0009",
        },
        {
            content: "open it",
            trigger: ".o_mairie_night_table [data-station]:contains('0009')",
            run: "click",
        },
        {
            content: "type its report",
            trigger: ".o_mairie_night_panel:contains('0009') .o_mairie_night_actions .btn-primary",
            run: "click",
        },
        type("#entry-emargements", "500"),
        type("#entry-votants", "500"),
        type("#entry-blancs", "5"),
        type("#entry-nuls", "5"),
        type("#entry-exprimes", "490"),
        type("#entry-annexes", "10"),
        type(".o_mairie_first_vote input", "300"),
        {
            content: "votes are missing: it is said at once",
            trigger: ".modal .o_mairie_report_gap.alert-warning:contains('190')",
        },
        type(".o_mairie_first_vote + .o_mairie_report_row input", "190"),
        {
            content: "the count is right",
            trigger: ".modal .o_mairie_report_gap.alert-success",
        },
        {
            content: "record it",
            trigger: ".modal button[name='action_record']",
            run: "click",
        },
        {
            content: "back in the night room: somebody else types the second entry",
            trigger: "body:not(:has(.modal)) .o_mairie_night:contains('3') .o_mairie_night_panel p",
        },
    ],
});
