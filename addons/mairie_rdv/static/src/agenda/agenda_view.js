import { serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { CalendarRenderer } from "@web/views/calendar/calendar_renderer";
import { calendarView } from "@web/views/calendar/calendar_view";
import { byDayOnPhone } from "./by_day_on_phone";
import { WideCalendarController } from "./wide_calendar";

/** Office hours in a grid fine enough for appointments of ten minutes. */
export class AgendaCommonRenderer extends CalendarCommonRenderer {
    get options() {
        return {
            ...super.options,
            allDaySlot: false,
            slotDuration: { minutes: 15 },
            slotLabelInterval: { hours: 1 },
            slotMinTime: "07:00",
            slotMaxTime: "20:00",
            snapDuration: { minutes: 5 },
        };
    }
}

export class AgendaRenderer extends CalendarRenderer {
    static components = {
        ...CalendarRenderer.components,
        day: AgendaCommonRenderer,
        week: AgendaCommonRenderer,
    };
}

const RDV = "mairie.rdv";

/** To drag is to move: at once, with a way back, and the citizen is told only if asked. */
export class AgendaModel extends CalendarModel {
    async updateRecord(record) {
        const args = [[record.id], serializeDateTime(record.start)];
        const result = await this.orm.call(RDV, "move_at_desk", args);
        await this.load();
        if (result.extra) {
            this.propose(result.message, [
                {
                    name: _t("Add as an extra appointment"),
                    run: () => this.orm.call(RDV, "move_at_desk", [...args, false, true]),
                },
            ]);
            return;
        }
        const { start, guichet_id: desk } = result.before;
        const back = () => this.orm.call(RDV, "move_at_desk", [[record.id], start, desk, true]);
        const tell = () => this.orm.call(RDV, "tell_of_move", [[record.id]]);
        const choices = [
            ...(result.can_tell ? [{ name: _t("Tell"), run: tell }] : []),
            { name: _t("Undo"), run: back },
        ];
        this.propose(result.message, choices, result.can_tell);
    }

    /** A sentence with what may follow; closing it is to leave things as they are. */
    propose(message, choices, canTell = false) {
        const close = this.notification.add(message, {
            type: "info",
            sticky: true,
            buttons: [
                ...choices.map(({ name, run }, index) => ({
                    name,
                    primary: index === 0,
                    onClick: async () => {
                        close();
                        await run();
                        await this.load();
                    },
                })),
                { name: canTell ? _t("Do not tell") : _t("Close"), onClick: () => close() },
            ],
        });
    }
}

registry.category("views").add("mairie_rdv_agenda", {
    ...calendarView,
    props: (props, view) => byDayOnPhone(calendarView.props(props, view)),
    Controller: WideCalendarController,
    Model: AgendaModel,
    Renderer: AgendaRenderer,
});
