import { _t } from "@web/core/l10n/translation";
import { serializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { calendarView } from "@web/views/calendar/calendar_view";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { formatDay } from "../format/format";
import { openComposer } from "../post_composer/open_composer";

const MODEL = "mairie.social.post";
const MOVED = ["scheduled", "review"];
const MORNING = 8;

/** A post is moved by its action, which knows who may and when; never by a write. */
export class EditorialCalendarModel extends CalendarModel {
    static services = [...CalendarModel.services, "mairie_undo"];

    setup(params, services) {
        super.setup(params, services);
        this.undo = services.mairie_undo;
        this.notification = services.notification;
    }

    get canEdit() {
        return this.meta.canEdit;
    }

    async updateRecord(record) {
        const { state, calendar_at: before } = this.data.records[record.id].rawRecord;
        if (!MOVED.includes(state)) {
            this.notification.add(_t("Only a post to come can be moved."), { type: "warning" });
            return this.load();
        }
        const moment = serializeDateTime(record.start);
        try {
            await this.reschedule(record.id, moment);
        } catch (error) {
            await this.load();
            throw error;
        }
        this.undo.show(_t("Moved to %s.", formatDay(moment)), {
            onUndo: () => this.reschedule(record.id, before),
        });
    }

    /** @param {number} id @param {string} moment UTC */
    async reschedule(id, moment) {
        await this.orm.call(MODEL, "action_reschedule", [[id], moment]);
        await this.load();
    }
}

/** A click on a day writes a post for it; a click on a post opens it. */
export class EditorialCalendarController extends CalendarController {
    setup() {
        super.setup();
        this.actions = useService("action");
    }

    createRecord(record) {
        const start = record.isAllDay ? record.start.set({ hour: MORNING }) : record.start;
        openComposer(this.env, {
            publishAt: start.toFormat("yyyy-MM-dd'T'HH:mm"),
            onDone: () => this.model.load(),
        });
    }

    async editRecord(record) {
        if (!record.id) {
            return this.createRecord(record);
        }
        return this.actions.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: record.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("views").add("mairie_social_calendar", {
    ...calendarView,
    Controller: EditorialCalendarController,
    Model: EditorialCalendarModel,
});
