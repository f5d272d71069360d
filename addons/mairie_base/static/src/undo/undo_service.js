import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

export const UNDO_DELAY = 10000;

/**
 * What can be taken back happens at once, with "Undo" for ten seconds.
 *
 *     this.undo = useService("mairie_undo");
 *     this.undo.show(_t("Post archived."), { onUndo: () => this.restore() });
 */
export const undoService = {
    dependencies: ["notification"],
    start(env, { notification }) {
        /**
         * @param {string} message what was done, as a sentence
         * @param {Object} [options]
         * @param {() => any} [options.onUndo] takes it back; without it, only tells
         * @param {() => any} [options.onKept] the ten seconds are over, or it was closed
         * @param {number} [options.delay] milliseconds
         * @returns {() => void} closes the toast
         */
        function show(message, { onUndo, onKept, delay = UNDO_DELAY } = {}) {
            let undone = false;
            const undo = async () => {
                undone = true;
                close();
                await onUndo();
            };
            const close = notification.add(message, {
                type: "success",
                className: "o_mairie_undo",
                autocloseDelay: delay,
                buttons: onUndo ? [{ name: _t("Undo"), onClick: undo }] : [],
                onClose: () => {
                    if (!undone && onKept) {
                        onKept();
                    }
                },
            });
            return close;
        }

        return { show };
    },
};

registry.category("services").add("mairie_undo", undoService);

/**
 * The same, said by a method of a model:
 *
 *     return {"type": "ir.actions.client", "tag": "mairie_undo", "params": {
 *         "message": …, "model": self._name, "method": "action_restore", "ids": self.ids,
 *         "next": action or False}}
 */
export function undoAction(env, { params }) {
    const { message, model, method, ids, next } = params;
    const reload = () => env.services.action.doAction("soft_reload");
    const onUndo = async () => {
        await env.services.orm.call(model, method, [ids]);
        await reload();
    };
    env.services.mairie_undo.show(message, method ? { onUndo } : {});
    return next || { type: "ir.actions.client", tag: "soft_reload" };
}

registry.category("actions").add("mairie_undo", undoAction);
