import { registry } from "@web/core/registry";

/** An agent enters an open group, writes to it, and finds it on the home page. */
registry.category("web_tour.tours").add("mairie_social_group", {
    url: "/odoo/groupes",
    steps: () => [
        { trigger: ".o_mairie_group_kanban .o_kanban_record:contains(Parcours café)" },
        { trigger: "body:not(:has(.o_kanban_record:contains(Zinzolin)))" },
        {
            trigger: ".o_kanban_record:contains(Parcours café) button[name=action_join]",
            run: "click",
        },
        { trigger: ".o_kanban_record:contains(Parcours café) .badge i.fa-check-circle" },
        { trigger: ".o_kanban_record:contains(Parcours café) .fs-5", run: "click" },
        { trigger: ".o_mairie_group_write", run: "click" },
        { trigger: "#mairie_group_title", run: "edit Gâteau du vendredi" },
        { trigger: "#mairie_group_text", run: "edit Qui apporte quoi ?" },
        { trigger: ".o_mairie_group_poll", run: "click" },
        { trigger: "#mairie_poll_question", run: "edit Qui commence ?" },
        { trigger: ".o_mairie_poll_option:eq(0)", run: "edit Karim" },
        { trigger: ".o_mairie_poll_option:eq(1)", run: "edit Léa" },
        { trigger: ".o_mairie_poll_anonymous", run: "click" },
        { trigger: ".o_mairie_group_form .btn-primary:contains(2)", run: "click" },
        { trigger: ".o_mairie_group_feed article:contains(Gâteau du vendredi)" },
    ],
});

/** A moderator of a group looks at what was reported there, and says why it is hidden. */
registry.category("web_tour.tours").add("mairie_social_moderator", {
    url: "/odoo/groupes",
    steps: () => [
        { trigger: ".o_kanban_record:contains(Parcours chantier) .fs-5", run: "click" },
        { trigger: "button[name=action_open_reports]", run: "click" },
        {
            trigger:
                ".o_data_cell:contains(Propos déplacés), .o_kanban_record:contains(Propos déplacés)",
            run: "click",
        },
        { trigger: "[name=decision_note] input", run: "edit Restons courtois." },
        { isActive: ["mobile"], trigger: ".o_statusbar_buttons .oi-ellipsis-v", run: "click" },
        { trigger: "button[name=action_hide]:visible", run: "click" },
        { trigger: "[name=decision_note]:contains(Restons courtois.)" },
        { trigger: "body:not(:has(button[name=action_hide]:visible))" },
    ],
});
