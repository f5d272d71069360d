import { LinkPastePlugin } from "@html_editor/main/link/link_paste_plugin";
import { LinkPlugin } from "@html_editor/main/link/link_plugin";
import { ListPlugin } from "@html_editor/main/list/list_plugin";
import { ColorPlugin } from "@html_editor/main/font/color_plugin";
import { FeffPlugin } from "@html_editor/main/feff_plugin";
import { HintPlugin } from "@html_editor/main/hint_plugin";
import { PlaceholderPlugin } from "@html_editor/main/placeholder_plugin";
import { TabulationPlugin } from "@html_editor/main/tabulation_plugin";
import { ShortCutPlugin } from "@html_editor/core/shortcut_plugin";
import { LocalOverlayPlugin } from "@html_editor/main/local_overlay_plugin";
import { PositionPlugin } from "@html_editor/main/position_plugin";
import { COLLABORATION_PLUGINS, CORE_PLUGINS } from "@html_editor/plugin_sets";
import { Wysiwyg } from "@html_editor/wysiwyg";
import {
    Component,
    markup,
    onMounted,
    onWillDestroy,
    onWillStart,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useChildRef, useService } from "@web/core/utils/hooks";
import { AudiencePicker } from "./audience_picker";
import { readBase64, shrinkPicture } from "./shrink";
import { findPollErrors, getPollVals, makePoll, PollEditor } from "../poll_editor/poll_editor";
import { openComposer } from "./open_composer";

const { DateTime } = luxon;
const MODEL = "mairie.social.post";
const SAVE_DELAY = 5000;
const UNDO_DELAY = 10000;
const PLUGINS = [
    ...CORE_PLUGINS,
    ColorPlugin,
    FeffPlugin,
    HintPlugin,
    LinkPastePlugin,
    LinkPlugin,
    ListPlugin,
    PlaceholderPlugin,
    ShortCutPlugin,
    TabulationPlugin,
];
const TOGETHER_PLUGINS = [...COLLABORATION_PLUGINS, LocalOverlayPlugin, PositionPlugin];
const TOOLS = [
    { command: "formatBold", icon: "fa-bold", label: _t("Bold") },
    { command: "formatItalic", icon: "fa-italic", label: _t("Italic") },
    { command: "toggleListUL", icon: "fa-list-ul", label: _t("List") },
];
const EMPTY = {
    id: false,
    state: "draft",
    name: "",
    body: "",
    kind: "news",
    department_id: false,
    audience_ids: [],
    event_start: "",
    event_place: "",
    event_url: "",
    event_registration: false,
    event_seats: 0,
    expire_at: "",
    comment_policy: "open",
    must_read: false,
    read_by: "",
    reference: "",
    is_urgent: false,
    urgent_reason: "",
    pictures: [],
    files: [],
    poll: false,
};
const SAVED_APART = ["id", "state", "pictures", "files", "poll"];
const WRITTEN = Object.keys(EMPTY).filter((key) => !SAVED_APART.includes(key));

/** The dialog « Publier »: what is typed is kept on the server every five seconds. */
export class PostComposer extends Component {
    static template = "mairie_social.PostComposer";
    static components = { AudiencePicker, Dialog, PollEditor, Wysiwyg };
    static props = {
        close: { type: Function },
        postId: { type: Number, optional: true },
        publishAt: { type: String, optional: true },
        onDone: { type: Function, optional: true },
    };
    static defaultProps = { onDone: () => {} };

    setup() {
        this.orm = useService("orm");
        this.free = this.env.services.orm; // also works once the dialog is closed
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.modalRef = useChildRef();
        this.errorBox = useRef("errors");
        this.title = useRef("title");
        this.tools = TOOLS;
        this.count = null;
        this.state = useState({
            ...EMPTY,
            mode: this.props.publishAt ? "later" : "now",
            publishAt: this.props.publishAt || "",
            pinUntil: "",
            substantial: false,
            errors: [],
            saved: "",
            isBusy: false,
            found: false,
        });
        onWillStart(() => this.load());
        onMounted(() => this.onMounted());
        onWillDestroy(() => this.onClosed());
        useExternalListener(window, "keydown", this.onKeydown.bind(this), { capture: true });
    }

    async load() {
        const data = await this.orm.call(MODEL, "get_composer", [this.props.postId || null]);
        this.options = data;
        if (data.post) {
            Object.assign(this.state, data.post);
            this.state.found = !this.props.postId;
            this.openedState = data.post.state;
            this.pollKept = JSON.stringify(data.post.poll);
        } else {
            this.state.department_id = data.own_service;
        }
    }

    onMounted() {
        this.modalRef.el.setAttribute("aria-label", this.dialogTitle);
        this.modalRef.el.setAttribute("aria-modal", "true");
        this.title.el.focus();
    }

    get isCorrection() {
        return this.state.state === "published";
    }

    get dialogTitle() {
        return this.isCorrection ? _t("Change the post") : _t("Publish");
    }

    get primaryLabel() {
        if (this.isCorrection) {
            return _t("Save the change");
        }
        if (this.options.needs_review) {
            return _t("Send for review");
        }
        return this.state.mode === "later" ? _t("Schedule") : _t("Publish now");
    }

    get isNote() {
        return ["hr_note", "service_note"].includes(this.state.kind);
    }

    get tomorrow() {
        return DateTime.now().plus({ days: 1 }).set({ hour: 8, minute: 0 });
    }

    get editorConfig() {
        return {
            content: markup(this.state.body || ""),
            placeholder: _t("What should your colleagues know?"),
            Plugins: this.isTogether ? [...PLUGINS, ...TOGETHER_PLUGINS] : PLUGINS,
            classList: ["o_mairie_editable"],
            onChange: () => this.touch(),
            collaboration: this.isTogether && {
                busService: this.env.services.bus_service,
                ormService: this.free,
                collaborativeTrigger: "start",
                collaborationChannel: {
                    collaborationModelName: MODEL,
                    collaborationFieldName: "body",
                    collaborationResId: this.state.id,
                },
                peerId: String(Math.floor(Math.random() * 2 ** 52)), // no secret
            },
        };
    }

    /** A text that its author and those who review it may write at the same time. */
    get isTogether() {
        return ["review", "scheduled"].includes(this.openedState);
    }

    removeLabel(file) {
        return _t("Remove %s", file.name);
    }

    onEditorLoad(editor) {
        this.editor = editor;
        queueMicrotask(() => {
            const element = editor.editable;
            if (element) {
                element.setAttribute("role", "textbox");
                element.setAttribute("aria-multiline", "true");
                element.setAttribute("aria-labelledby", "mairie_text_label");
            }
        });
    }

    /** A tool must not take the caret out of the text. */
    keepSelection(ev) {
        ev.preventDefault();
    }

    onTool(command) {
        this.editor.shared.userCommand.getCommand(command).run();
        this.touch();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey) && !this.state.isBusy) {
            ev.preventDefault();
            ev.stopPropagation();
            this.onPrimary();
        }
    }

    onField(key, ev) {
        this.state[key] = ev.target.value;
        this.touch();
    }

    onService(ev) {
        this.state.department_id = Number(ev.target.value) || false;
        this.touch();
    }

    onAudience(value) {
        this.state.audience_ids = value;
        this.state.errors = [];
        this.touch();
    }

    onRegistration(ev) {
        this.state.event_registration = ev.target.checked;
        this.touch();
    }

    onSeats(ev) {
        this.state.event_seats = Math.max(0, parseInt(ev.target.value, 10) || 0);
        this.touch();
    }

    onMustRead(ev) {
        this.state.must_read = ev.target.checked;
        this.touch();
    }

    onUrgent(ev) {
        this.state.is_urgent = ev.target.checked;
        this.touch();
    }

    /** Who an urgent post reaches now: the others wait for their own hours. */
    get onCallLabel() {
        const count = this.options.on_call;
        if (!count) {
            return _t("Nobody is on call now: everybody is told in their own hours.");
        }
        return count === 1
            ? _t("1 person is on call now; the others are told in their own hours.")
            : _t("%s people are on call now; the others are told in their own hours.", count);
    }

    onAddPoll() {
        this.state.poll = makePoll();
        this.touch();
    }

    onRemovePoll() {
        this.state.poll = false;
        this.touch();
    }

    onCommentPolicy(ev) {
        this.state.comment_policy = ev.target.checked ? "closed" : "open";
        this.touch();
    }

    /** From a line of the error list to its field. */
    goTo(id) {
        const element = this.modalRef.el.querySelector(`#${id}`);
        element?.focus();
        element?.scrollIntoView({ block: "center" });
    }

    onMode(mode) {
        this.state.mode = mode;
        if (mode === "later" && !this.state.publishAt) {
            this.state.publishAt = this.tomorrow.toFormat("yyyy-MM-dd'T'HH:mm");
        }
    }

    /** Something was typed: keep it soon. A published post is only changed on demand. */
    touch() {
        this.isDirty = true;
        if (this.isCorrection) {
            return;
        }
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.keep(), SAVE_DELAY);
    }

    getVals() {
        const vals = Object.fromEntries(WRITTEN.map((key) => [key, this.state[key]]));
        vals.body = this.editor ? this.editor.getContent() : this.state.body;
        for (const key of ["event_start", "expire_at"]) {
            vals[key] = (vals[key] || "").replace("T", " ") || false;
        }
        vals.read_by = vals.read_by || false;
        return vals;
    }

    /** Keep the draft on the server; a dead network is said, and tried again. */
    async keep() {
        try {
            await this.save();
            this.state.saved = _t("Draft saved at %s.", DateTime.now().toFormat("H:mm"));
        } catch (error) {
            this.state.saved = error.data
                ? error.data.message
                : _t("No network. What you typed is kept here. It will leave by itself.");
            if (!error.data) {
                this.timer = setTimeout(() => this.keep(), SAVE_DELAY * 2);
            }
        }
    }

    async save(unfinished = true) {
        clearTimeout(this.timer);
        this.isDirty = false;
        const args = [this.state.id || null, this.getVals(), unfinished];
        this.state.id = await this.orm.silent.call(MODEL, "save_draft", args);
        await this.describe();
        await this.keepPoll();
        return this.state.id;
    }

    /** The question is kept once it can be answered, and only when it has changed. */
    async keepPoll() {
        const { poll } = this.state;
        const text = JSON.stringify(poll);
        const isReady = !findPollErrors(poll).length;
        if (text === (this.pollKept || "false") || !isReady) {
            return;
        }
        const args = [[this.state.id], getPollVals(poll)];
        await this.orm.silent.call(MODEL, "set_poll", args);
        this.pollKept = text;
    }

    async describe() {
        if (this.state.pictures.length) {
            await this.orm.silent.call(MODEL, "describe_pictures", [
                [this.state.id],
                this.state.pictures.map(({ id, alt, is_decorative }) => ({
                    id,
                    alt,
                    is_decorative,
                })),
            ]);
        }
    }

    async ensureSaved() {
        return this.state.id || this.save();
    }

    async onPictures(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        await this.busy(async () => {
            const id = await this.ensureSaved();
            for (const file of files) {
                const data = await shrinkPicture(file);
                const picture = await this.orm.call(MODEL, "add_picture", [[id], data]);
                this.state.pictures.push(picture);
            }
        });
    }

    async onFiles(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        await this.busy(async () => {
            const id = await this.ensureSaved();
            for (const file of files) {
                const data = await readBase64(file);
                const line = await this.orm.call(MODEL, "add_file", [[id], file.name, data]);
                this.state.files.push(line);
            }
        });
    }

    async onRemovePicture(picture) {
        await this.orm.call(MODEL, "remove_picture", [[this.state.id], picture.id]);
        this.state.pictures.splice(this.state.pictures.indexOf(picture), 1);
    }

    async onRemoveFile(file) {
        await this.orm.call(MODEL, "remove_file", [[this.state.id], file.id]);
        this.state.files.splice(this.state.files.indexOf(file), 1);
    }

    /** @returns {{id: string, text: string}[]} what is missing, each tied to its field */
    findErrors() {
        const errors = [];
        if (!this.state.name.trim()) {
            errors.push({ id: "mairie_title", text: _t("Give the post a title.") });
        }
        const hidden = this.state.pictures.find((line) => !line.is_decorative && !line.alt.trim());
        if (hidden) {
            errors.push({
                id: `mairie_alt_${hidden.id}`,
                text: _t(
                    "Describe this picture for those who cannot see it, or tick “decorative”.",
                ),
            });
        }
        if (!this.state.audience_ids.length) {
            errors.push({ id: "mairie_audience_add", text: _t("Choose who will read.") });
        }
        if (this.state.is_urgent && !this.state.urgent_reason.trim()) {
            errors.push({ id: "mairie_urgent_reason", text: _t("Say why it cannot wait.") });
        }
        const ofPoll = findPollErrors(this.state.poll);
        return [...errors, ...ofPoll.map((text) => ({ id: "mairie_poll_question", text }))];
    }

    async onPrimary() {
        this.state.errors = this.findErrors();
        if (this.state.errors.length) {
            await Promise.resolve();
            requestAnimationFrame(() => this.errorBox.el?.focus());
            return;
        }
        if (this.isCorrection) {
            return this.busy(() => this.correct());
        }
        if (this.options.needs_review) {
            return this.busy(() => this.submit());
        }
        if (this.state.mode === "later") {
            return this.busy(() => this.schedule());
        }
        if (this.count?.is_public) {
            return this.confirmPublic();
        }
        return this.busy(() => this.publish());
    }

    confirmPublic() {
        const label = _t("Publish for %s people", this.count.total);
        this.dialog.add(ConfirmationDialog, {
            title: _t("Publish for %s people?", this.count.total),
            body: _t("They will all find “%s” on their home page.", this.state.name),
            confirmLabel: label,
            cancelLabel: _t("Go back"),
            confirm: () => this.busy(() => this.publish()),
            cancel: () => {},
        });
    }

    async onSubmit() {
        this.state.errors = this.findErrors();
        if (this.state.errors.length) {
            requestAnimationFrame(() => this.errorBox.el?.focus());
            return;
        }
        await this.busy(() => this.submit());
    }

    async submit() {
        const id = await this.save(false);
        const later = this.state.mode === "later" && this.state.publishAt.replace("T", " ");
        await this.orm.call(MODEL, "action_submit", [[id], later || null]);
        this.finish({ id });
        this.notification.add(_t("Sent for review. You will be told of the answer."), {
            type: "success",
        });
    }

    async pin(id) {
        if (this.state.pinUntil) {
            const until = this.state.pinUntil.replace("T", " ");
            await this.orm.call(MODEL, "action_pin", [[id], until]);
        }
    }

    async publish() {
        const id = await this.save(false);
        await this.pin(id);
        const count = await this.orm.call(MODEL, "action_publish", [[id]]);
        this.finish({ id, published: true });
        const close = this.notification.add(_t("Published for %s people.", count.total), {
            type: "success",
            autocloseDelay: UNDO_DELAY,
            buttons: [
                { name: _t("View"), onClick: () => this.view(id, () => close()) },
                { name: _t("Undo"), onClick: () => this.undo(id, () => close()) },
            ],
        });
    }

    view(id, close) {
        close();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** Withdraw at once and open the draft again, as it was. */
    async undo(id, close) {
        close();
        const { onDone } = this.props;
        const env = this.env;
        await this.free.call(MODEL, "action_withdraw", [[id]]);
        onDone({ id, withdrawn: true });
        openComposer(env, { postId: id, onDone });
    }

    async schedule() {
        const id = await this.save(false);
        await this.pin(id);
        const moment = this.state.publishAt.replace("T", " ");
        await this.orm.call(MODEL, "action_schedule", [[id], moment]);
        this.finish({ id });
        const day = DateTime.fromISO(this.state.publishAt);
        this.notification.add(
            _t("Scheduled: %(day)s, %(hour)s.", {
                day: day.toLocaleString({ weekday: "long", day: "numeric", month: "long" }),
                hour: day.toFormat("H:mm"),
            }),
            { type: "success" },
        );
    }

    async correct() {
        await this.describe();
        await this.keepPoll();
        const args = [[this.state.id], this.getVals(), this.state.substantial];
        const card = await this.orm.call(MODEL, "correct", args);
        this.finish({ id: card.id, card });
        this.notification.add(_t("Change saved."), { type: "success" });
    }

    async onKeepDraft() {
        await this.busy(async () => {
            const id = await this.save(false);
            this.finish({ id });
            this.notification.add(_t("Draft kept among your posts."), { type: "success" });
        });
    }

    /** Begin again with an empty sheet; the draft found stays among one's posts. */
    async onStartAnew() {
        await this.busy(async () => {
            await this.save(false);
            this.props.close();
            openComposer(this.env, { onDone: this.props.onDone });
        });
    }

    async busy(work) {
        this.state.isBusy = true;
        this.state.errors = [];
        try {
            await work();
        } catch (error) {
            const text = error.data
                ? error.data.message
                : _t("This was not saved. Nothing is lost: try again in a minute.");
            this.state.errors = [{ id: "mairie_title", text }];
            requestAnimationFrame(() => this.errorBox.el?.focus());
        } finally {
            this.state.isBusy = false;
        }
    }

    finish(result) {
        this.isDirty = false;
        clearTimeout(this.timer);
        this.props.onDone(result);
        this.props.close();
    }

    /** Closed by the cross or Escape: what was typed becomes a draft. */
    onClosed() {
        clearTimeout(this.timer);
        if (this.isDirty && !this.isCorrection) {
            const args = [this.state.id || null, this.getVals()];
            this.free.silent.call(MODEL, "save_draft", args);
        }
    }
}

registry.category("mairie_social").add("composer", PostComposer);
