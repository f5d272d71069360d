import { registry } from "@web/core/registry";

/** An agent opens the home page, reacts, comments, opens the reading page. */
registry.category("web_tour.tours").add("mairie_social_agent", {
    url: "/odoo",
    steps: () => [
        { trigger: ".o_mairie_home h1" },
        { trigger: ".o_mairie_feed:not(:has(.o_mairie_post:contains(Réservé aux élus)))" },
        { trigger: ".o_mairie_home:not(:has(.o_mairie_compose))" },
        {
            trigger:
                ".o_mairie_post:contains(Essai du parcours) .o_mairie_reaction[data-code=like]",
            run: "click",
        },
        {
            trigger:
                ".o_mairie_post:contains(Essai du parcours) .o_mairie_reaction.active .o_mairie_count:contains(1)",
        },
        {
            trigger: ".o_mairie_post:contains(Essai du parcours) .o_mairie_comments_button",
            run: "click",
        },
        { trigger: ".o_mairie_comment_input", run: "edit Merci, bien noté" },
        { trigger: ".o_mairie_comment_send", run: "click" },
        { trigger: ".o_mairie_comment_body:contains(Merci, bien noté)" },
        { trigger: ".o_mairie_post_title a:contains(Essai du parcours)", run: "click" },
        { trigger: ".o_mairie_post_whole h1:contains(Essai du parcours)" },
        { trigger: ".o_mairie_post_whole .o_mairie_comment_body:contains(Merci, bien noté)" },
    ],
});

/** Communication writes, sees who will read, publishes, and finds it in the feed. */
registry.category("web_tour.tours").add("mairie_social_publish", {
    url: "/odoo",
    steps: () => [
        { trigger: ".o_mairie_compose", run: "click" },
        { trigger: "#mairie_title", run: "edit Fermeture du parking" },
        {
            trigger: ".o_mairie_composer .modal-footer .btn-primary",
            content: "Without readers, it says so",
            run: "click",
        },
        { trigger: ".o_mairie_composer .alert-danger li" },
        { trigger: ".o_mairie_editable", run: "editor Lundi matin, livraison." },
        { trigger: "#mairie_audience_add", run: "selectByLabel Équipe du parcours (2)" },
        { trigger: ".o_mairie_chips:contains(Équipe du parcours)" },
        { trigger: ".o_mairie_readers:contains(2)" },
        { trigger: ".o_mairie_composer .modal-footer .btn-primary", run: "click" },
        { trigger: ".o_notification:contains(2)" },
        { trigger: "body:not(:has(.o_mairie_composer))" },
    ],
});

/** An agent finds what is to be read, signs at the end of the text, and votes. */
registry.category("web_tour.tours").add("mairie_social_reading", {
    url: "/odoo",
    steps: () => [
        { trigger: ".o_mairie_to_read li:contains(Port des équipements) button", run: "click" },
        { trigger: ".o_mairie_post_whole h1:contains(Port des équipements)" },
        { trigger: ".o_mairie_ack_button[aria-disabled=false]", run: "click" },
        { trigger: ".o_mairie_ack_done" },
        { trigger: ".o_mairie_post_whole .o_mairie_poll_choice:contains(Vendredi)", run: "click" },
        { trigger: ".o_mairie_post_whole .o_mairie_poll_vote", run: "click" },
        { trigger: ".o_mairie_poll_results li:contains(Vendredi) .o_mairie_poll_figure" },
    ],
});

/** A reader reports a comment; words lead to a post; only answers that one may read. */
registry.category("web_tour.tours").add("mairie_social_search", {
    url: "/odoo/recherche",
    steps: () => [
        { trigger: "#mairie_search_text", run: "edit elagages" },
        { trigger: "[data-tab=posts]:contains(1)", run: "click" },
        { trigger: ".o_mairie_hit mark:contains(Élagage)" },
        { trigger: ".o_mairie_hit:contains(Élagage)", run: "click" },
        { trigger: ".o_mairie_post_whole h1:contains(Élagage)" },
        { trigger: ".o_mairie_comment_report", run: "click" },
        { trigger: "[data-reason=hurtful]", run: "click" },
        { trigger: ".o_mairie_report .modal-footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.o_mairie_report))" },
    ],
});

/** A contributor sends a post for review; this is what Communication does with it. */
registry.category("web_tour.tours").add("mairie_social_review", {
    url: "/odoo/a-relire",
    steps: () => [
        { trigger: ".o_data_cell:contains(Composteur)", run: "click" },
        { trigger: ".o_mairie_review_note", run: "edit Ajoutez la date." },
        { trigger: ".o_mairie_approve", run: "click" },
        { trigger: ".o_mairie_post_whole:not(:has(.o_mairie_post_status)) h1" },
    ],
});
