import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { session } from "@web/session";
import { MairieHome } from "../home/home";
import { POSTS_KEY } from "./posts_key";

const KEPT = 20;

/** @param {Object[]} posts cards of the feed: only their words are kept, no picture */
function keep(posts) {
    const lines = posts.slice(0, KEPT).map((post) => ({
        name: post.name,
        author: post.service || post.author.name,
        date: post.published_at,
        text: post.excerpt || post.summary,
    }));
    try {
        browser.localStorage.setItem(POSTS_KEY, JSON.stringify(lines));
    } catch {
        browser.localStorage.removeItem(POSTS_KEY); // no room left on this device
    }
}

/** The last posts stay on the device, to be read in a cellar; gone with the session. */
patch(MairieHome.prototype, {
    async load() {
        try {
            await super.load(...arguments);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                browser.location.href = "/odoo/offline";
            }
            throw error;
        }
        if (!session.mairie_kiosk_seconds) {
            keep(this.state.posts);
        }
    },
});
