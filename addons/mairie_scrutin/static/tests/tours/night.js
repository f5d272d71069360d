import { registry } from "@web/core/registry";

const CALL = ".o_mairie_night_call:contains('0002')";

registry.category("web_tour.tours").add("mairie_scrutin_night", {
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
            content: "whom to call first",
            trigger: CALL,
            run: "click",
        },
        {
            content: "its figures are there",
            trigger: ".o_mairie_night_panel:contains('550')",
        },
        {
            content: "the reason, as in the report",
            trigger: ".o_mairie_night_panel .o_mairie_night_control input",
            run: "edit Recompté, au PV",
        },
        {
            content: "validate",
            trigger: ".o_mairie_night_panel .o_mairie_night_actions .btn-primary",
            run: "click",
        },
        {
            content: "nobody is left to call for it",
            trigger: `.o_mairie_night:not(:has(${CALL}))`,
        },
        {
            content: "arm the opening",
            trigger: ".o_mairie_night_arm",
            run: "click",
        },
        {
            content: "armed, the second agreement is awaited",
            trigger: ".o_mairie_night_foot:not(:has(.o_mairie_night_arm))",
        },
    ],
});
