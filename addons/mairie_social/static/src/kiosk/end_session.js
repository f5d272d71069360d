import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { session } from "@web/session";
import { POSTS_KEY } from "../offline/posts_key";

const ENDPOINT = "mail.push.device_endpoint";

async function stopPushes() {
    const worker = await browser.navigator.serviceWorker?.getRegistration();
    const subscription = await worker?.pushManager?.getSubscription();
    await subscription?.unsubscribe();
    browser.localStorage.removeItem(ENDPOINT);
}

async function emptyCaches() {
    if (!window.caches) {
        return;
    }
    const names = await window.caches.keys();
    await Promise.all(names.map((name) => window.caches.delete(name)));
}

/**
 * Sign out and leave nothing: no push, no kept post, no cache. The server forgets the
 * device by itself; a browser that refuses the rest does not keep anybody signed in.
 *
 * @param {string} [redirect] page to land on
 */
export async function endSession(redirect) {
    browser.navigator.serviceWorker?.controller?.postMessage("user_logout");
    browser.localStorage.removeItem(POSTS_KEY);
    await Promise.allSettled([stopPushes(), emptyCaches()]);
    const query = redirect ? `?redirect=${encodeURIComponent(redirect)}` : "";
    browser.location.href = `/web/session/logout${query}`;
}

/** Sign out; a shared tablet goes back to its first page, for the next colleague. */
export function leave() {
    return endSession(session.mairie_kiosk_seconds ? "/borne" : undefined);
}

function logOutItem() {
    return {
        type: "item",
        id: "logout",
        description: _t("Log out"),
        href: `${browser.location.origin}/web/session/logout`,
        callback: leave,
        sequence: 70,
    };
}

registry.category("user_menuitems").add("log_out", logOutItem, { force: true });
