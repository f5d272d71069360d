import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("mairie_elus_mayor_round", {
    steps: () => [
        {
            content: "The draft that waits for the mayor's visa",
            trigger: ".o_kanban_record:contains(Piste cyclable)",
            run: "click",
        },
        {
            content: "Read the note, give the visa",
            trigger: ".o_statusbar_buttons button[name=action_send]",
            run: "click",
        },
        {
            content: "Nothing is asked of the mayor any more",
            trigger: ".o_form_view:not(:has(button[name=action_send]))",
        },
        {
            content: "Go to the meetings",
            trigger: ".o_menu_sections a[data-menu-xmlid='mairie_elus.mairie_seance_menu']",
            run: "click",
        },
        {
            content: "The meeting that is convened",
            trigger: ".o_kanban_record:contains(Salle de la tour)",
            run: "click",
        },
        {
            content: "Will there be enough of us? The sending belongs to the secretary",
            trigger: ".o_form_view:not(:has(button[name=action_reopen_preparation]))",
        },
        {
            content: "See the answers",
            trigger: ".o_notebook a[name=answers]",
            run: "click",
        },
        {
            content: "Who comes, who gives a pouvoir",
            trigger: ".o_notebook .tab-pane.active [name=tiles]",
        },
        {
            content: "Read the dossier as it was sent",
            trigger: ".o_statusbar_buttons button[name=action_download_dossier]",
        },
        {
            content: "The acts that are to be signed on paper",
            trigger: ".o_menu_sections button[data-menu-xmlid='mairie_elus.mairie_acts_menu']",
            run: "click",
        },
        {
            content: "All the acts",
            trigger: ".o-dropdown--menu a[data-menu-xmlid='mairie_elus.mairie_deliberation_menu']",
            run: "click",
        },
        {
            content: "The act",
            trigger: ".o_data_row:contains(Affaire 1) .o_data_cell",
            run: "click",
        },
        {
            content: "Its text is read; the secretary notes the signatures",
            trigger:
                ".o_form_view:has(.o_field_widget[name=content]):not(:has(button[name=action_sign]))",
        },
    ],
});
