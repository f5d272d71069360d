import { registry } from "@web/core/registry";

/**
 * Open the dialog « Publier ». Kept apart so that a card need not know the dialog.
 *
 * @param {Object} env
 * @param {{postId?: number, onDone?: Function}} options
 */
export function openComposer(env, options) {
    const Composer = registry.category("mairie_social").get("composer");
    env.services.dialog.add(Composer, options);
}
