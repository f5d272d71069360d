import { status } from "@odoo/owl";

/**
 * A callback for when a dialog closes: it does nothing once its component has left the
 * screen. What a dialog leads to may replace the page below it.
 *
 * @param {Component} component whose page it is
 * @param {Function} callback
 */
export function ifStillThere(component, callback) {
    return () => (status(component) === "destroyed" ? undefined : callback());
}
