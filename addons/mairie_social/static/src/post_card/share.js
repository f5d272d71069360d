import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

/**
 * Hand over the address of a post, and nothing of what it says: it opens for its readers
 * alone. A telephone proposes its own ways; a desk copies it.
 *
 * @param {string} href address inside this site
 * @returns {Promise<string>} what was done, in words; empty when the telephone says it
 */
export async function share(href) {
    const url = new URL(href, browser.location.origin).href;
    const { clipboard, share: send } = browser.navigator;
    if (send) {
        await send.call(browser.navigator, { url }).catch(() => {});
        return "";
    }
    if (!clipboard) {
        return url;
    }
    await clipboard.writeText(url);
    return _t("Address copied: it opens for those who may read.");
}
