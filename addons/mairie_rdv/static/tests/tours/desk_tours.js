import { registry } from "@web/core/registry";

/** Reception: somebody is found by name, is noted, called; a wrong key is undone. */
registry.category("web_tour.tours").add("mairie_rdv_desk", {
    url: "/odoo/rdv-jour",
    steps: () => [
        { trigger: ".o_mairie_day_scan", run: "edit Parcours && press Enter" },
        { trigger: "[data-list=found] [data-rdv]:contains(PARCOURS)" },
        { trigger: "[data-list=found] .btn-secondary", run: "click" },
        { trigger: "[data-list=waiting] [data-rdv]:contains(Parcours)" },
        { trigger: ".o_mairie_undo button:not(.o_notification_close)", run: "click" },
        { trigger: "body:not(:has([data-list=waiting] [data-rdv]))" },
        {
            trigger: "[data-list=expected] [data-rdv]:contains(Parcours)",
            run: "click",
        },
        { trigger: "button[name=move]", run: "click" },
        { trigger: ".o_mairie_day_booking input[type=time]:focus" },
        { trigger: ".modal .btn-close", run: "click" },
        { trigger: "body:not(:has(.o_mairie_day_booking))" },
        {
            trigger: "[data-list=expected] .o_mairie_day_line:contains(Parcours) .btn-secondary",
            run: "click",
        },
        {
            trigger: "[data-list=waiting] .o_mairie_day_line:contains(Parcours) .btn-primary",
            run: "click",
        },
        { trigger: ".o_mairie_day_desk [data-state=in_progress]:contains(Parcours)" },
        { trigger: ".o_mairie_day_new", run: "click" },
        { trigger: "#mairie_book_name", run: "edit Sansrdv && press Enter" },
        { trigger: "body:not(:has(.o_mairie_day_booking))" },
        { trigger: ".o_mairie_day_desk [data-rdv]:contains(Sansrdv)" },
    ],
});

/** The manager: figures, then the control of France Titres. */
registry.category("web_tour.tours").add("mairie_rdv_manager", {
    url: "/odoo/rdv-frequentation",
    steps: () => [
        { trigger: ".o_graph_view" },
        { trigger: ".o_switch_view.o_pivot", run: "click" },
        { trigger: ".o_pivot" },
        { trigger: "[data-menu-xmlid='mairie_rdv.mairie_rdv_menu_follow']", run: "click" },
        { trigger: "[data-menu-xmlid='mairie_rdv.mairie_rdv_menu_ants']", run: "click" },
        { trigger: ".o_form_view .oe_title" },
        { trigger: ".o_form_view button[name=action_test]", run: "click" },
        { trigger: ".o_notification" },
    ],
});
