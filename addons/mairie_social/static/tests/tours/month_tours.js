import { registry } from "@web/core/registry";

/** Communication composes the letter of the month from the feed and sends it, once. */
registry.category("web_tour.tours").add("mairie_social_newsletter", {
    url: "/odoo/lettre-interne",
    steps: () => [
        { trigger: ".o_data_cell:contains(Lettre du parcours)", run: "click" },
        { trigger: ".o_mairie_newsletter [name=receivers]" },
        { trigger: "button[name=action_collect]:visible", run: "click" },
        { trigger: ".o_mairie_newsletter .o_data_row:contains(Nouvelle du mois)" },
        { trigger: "button[name=action_send]:visible", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".o_mairie_newsletter [name=sent]" },
        { trigger: "button[name=action_open_post]:visible", run: "click" },
        { trigger: ".o_mairie_post_whole .o_mairie_post_body:contains(Nouvelle du mois)" },
    ],
});

/** An ambassador is told what printing a letter undoes, and goes back. */
registry.category("web_tour.tours").add("mairie_social_ambassador", {
    url: "/odoo/acces",
    steps: () => [
        {
            isActive: ["desktop"],
            trigger: ".o_data_row:contains(karim) .o_list_record_selector input",
            run: "click",
        },
        {
            isActive: ["desktop"],
            trigger: "button[name=action_print_letters]:visible",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".o_kanban_record:contains(karim) button[name=action_print_letters]",
            run: "click",
        },
        { trigger: ".modal .modal-footer .btn-primary" },
        { trigger: ".modal .modal-footer .btn-secondary", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

/** An agent says that he comes; the link of the room appears. */
registry.category("web_tour.tours").add("mairie_social_event", {
    url: "/odoo",
    steps: () => [
        {
            trigger: ".o_mairie_post:contains(Visite du chantier neuf) .o_mairie_register",
            run: "click",
        },
        {
            trigger:
                ".o_mairie_post:contains(Visite du chantier neuf) a[href='https://visio.example/salle']",
        },
    ],
});

/** HR reminds those who have not read, and opens the sheet that was signed on paper. */
registry.category("web_tour.tours").add("mairie_social_hr", {
    url: "/odoo/lectures",
    steps: () => [
        {
            trigger:
                ".o_data_cell:contains(Consignes de canicule), .o_kanban_record:contains(Consignes de canicule)",
            run: "click",
        },
        { trigger: ".o_mairie_ack_figure" },
        { trigger: "button[name=action_remind]:visible", run: "click" },
        { trigger: ".o_notification" },
        { isActive: ["mobile"], trigger: ".o_statusbar_buttons .oi-ellipsis-v", run: "click" },
        { trigger: "button[name=action_open_paper]:visible", run: "click" },
        { trigger: ".modal .o_data_row:contains(Lea)" },
        { trigger: ".modal .modal-footer .btn-secondary", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
