import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("mairie_elus_give_opinion", {
    steps: () => [
        {
            content: "First click: my opinion, on the card",
            trigger: ".o_kanban_record:contains(Piste cyclable) button[name=action_give_avis]",
            run: "click",
        },
        {
            content: "The note is there to be read",
            trigger: ".modal .o_field_widget[name=note]:contains(Contexte)",
        },
        {
            content: "Second click: favourable",
            trigger: ".modal-footer button[name=action_favourable]",
            run: "click",
        },
        {
            content: "Nothing is asked any more",
            trigger:
                ".o_kanban_record:contains(Piste cyclable):not(:has(button[name=action_give_avis]))",
        },
    ],
});
