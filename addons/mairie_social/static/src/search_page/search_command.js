import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { openHit } from "./search_page";

const SHORTEST = 2;
const SHOWN = 8;

registry.category("command_categories").add("mairie_hits", { namespace: "?" }, { sequence: 10 });
registry.category("command_categories").add("mairie_all", { namespace: "?" }, { sequence: 20 });

registry.category("command_setup").add("?", {
    debounceDelay: 200,
    emptyMessage: _t("Write at least two letters."),
    name: _t("the hub"),
    placeholder: _t("Search for people, posts, messages, documents…"),
});

/** Ctrl+K then "?": the first answers, and the way to all of them. */
registry.category("command_provider").add("mairie_social", {
    namespace: "?",
    async provide(env, { searchValue }) {
        const text = searchValue.trim();
        if (text.length < SHORTEST) {
            return [];
        }
        const args = [text.endsWith("*") ? text : `${text}*`];
        const found = await env.services.orm.silent.call("mairie.social.doc", "search_all", args);
        const hits = found.results.slice(0, SHOWN).map((hit) => ({
            action: () => openHit(env, hit),
            category: "mairie_hits",
            name: [hit.title.map(([piece]) => piece).join(""), hit.detail]
                .filter(Boolean)
                .join(" · "),
        }));
        return [
            ...hits,
            {
                action: () =>
                    env.services.action.doAction("mairie_social.mairie_social_search_action", {
                        additionalContext: { mairie_text: text },
                    }),
                category: "mairie_all",
                name: _t("Search for “%s” everywhere", text),
            },
        ];
    },
});
