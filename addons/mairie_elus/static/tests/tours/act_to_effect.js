import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("mairie_elus_act_to_effect", {
    steps: () => [
        {
            content: "Mayor and secretary have signed",
            trigger: ".o_statusbar_buttons button[name=action_sign]",
            run: "click",
        },
        {
            content: "The act is read again, signed: what is typed before would be lost",
            trigger: ".o_statusbar_buttons:not(:has(button[name=action_sign]))",
        },
        {
            content: "The préfecture's receipt came on paper",
            trigger: ".o_field_widget[name=receipt] input",
            run: "edit Bordereau 12 && press Tab",
        },
        {
            content: "Save it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Put the act online",
            trigger: ".o_statusbar_buttons button[name=action_publish]",
            run: "click",
        },
        {
            content: "The public page is there to see",
            trigger: ".o_statusbar_buttons button[name=action_view_publication]",
        },
    ],
});
