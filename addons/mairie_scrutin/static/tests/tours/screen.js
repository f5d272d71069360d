import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("mairie_scrutin_screen", {
    steps: () => [
        {
            content: "a new screen",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "its name",
            trigger: ".o_field_widget[name='name'] input",
            run: "edit Écran du hall",
        },
        {
            content: "the round that it shows",
            trigger: ".o_field_widget[name='tour_id'] input",
            run: "edit Essai du soir",
        },
        {
            content: "choose it",
            trigger: ".o-autocomplete--dropdown-item:contains('Essai du soir')",
            run: "click",
        },
        {
            content: "keep it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "see it as the room will",
            trigger: "iframe.o_mairie_screen_preview",
        },
        {
            content: "and open it",
            trigger: "button[name='action_open']",
        },
    ],
});
