import { registry } from "@web/core/registry";

/** An elected person leaves: the screen names the next one, says why, and records it. */
registry.category("web_tour.tours").add("mairie_scrutin_succession", {
    steps: () => [
        { trigger: ".o_form_view .nav-link[name=elected]", run: "click" },
        {
            trigger: ".o_data_row:contains(Ménard) button[name=action_replace]",
            run: "click",
        },
        { trigger: ".modal [name=successor_id]:contains(Lorin)" },
        { trigger: ".modal [name=explanation]:contains(L270)" },
        { trigger: ".modal button[name=action_replace]", run: "click" },
        { trigger: ".modal .alert-success" },
        { trigger: ".modal .btn-close", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
