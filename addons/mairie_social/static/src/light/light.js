import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const KEY = "mairie_social.text_first";

/**
 * « Texte d'abord »: photos wait for a tap. Kept on the device; on by itself where its
 * owner asked the browser to spare data.
 */
export const light = reactive({ isOn: isWanted() });

function isWanted() {
    const kept = browser.localStorage.getItem(KEY);
    return kept === null ? Boolean(browser.navigator.connection?.saveData) : kept === "1";
}

export function toggleLight() {
    light.isOn = !light.isOn;
    browser.localStorage.setItem(KEY, light.isOn ? "1" : "0");
}
