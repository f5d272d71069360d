/** Hours of the town, whatever the clock and the zone of the phone. */
export class Clock {
    constructor(state) {
        this.zone = state?.timezone || "Europe/Paris";
        this.skew = state?.skew || 0;
    }

    /** Now, as {hours, minutes} in the town. */
    now() {
        return this.parts(new Date(this.milliseconds()));
    }

    milliseconds() {
        return Date.now() + this.skew;
    }

    /** The day of the town, as 2026-03-15. */
    today() {
        return new Intl.DateTimeFormat("en-CA", { timeZone: this.zone }).format(
            this.milliseconds(),
        );
    }

    parts(date) {
        const text = new Intl.DateTimeFormat("fr-FR", {
            timeZone: this.zone,
            hour: "2-digit",
            minute: "2-digit",
            hourCycle: "h23",
        }).format(date);
        const [hours, minutes] = text.match(/\d+/g).map(Number);
        return { hours, minutes };
    }

    /** Milliseconds of an hour of the town, on a day written as 2026-03-15. */
    moment(day, { hours, minutes }) {
        const wished = Date.parse(`${day}T${writeTime({ hours, minutes })}:00Z`);
        const shown = this.parts(new Date(wished));
        const gap = 60 * (shown.hours - hours) + shown.minutes - minutes;
        const zone = gap > 720 ? gap - 1440 : gap <= -720 ? gap + 1440 : gap;
        return wished - zone * 60000;
    }

    /** An ISO moment as "19 h 44". */
    tell(iso) {
        const { hours, minutes } = this.parts(new Date(iso));
        return `${hours}\u00a0h\u00a0${String(minutes).padStart(2, "0")}`;
    }
}

/** 17.5 -> "17 h 30", 12 -> "12 h". */
export function tellHour(hour) {
    const minutes = Math.round(hour * 60);
    const rest = minutes % 60;
    const tail = rest ? `\u00a0${String(rest).padStart(2, "0")}` : "";
    return `${Math.floor(minutes / 60)}\u00a0h${tail}`;
}

/** 17.5 -> {hours: 17, minutes: 30} */
export function split(hour) {
    const minutes = Math.round(hour * 60);
    return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** "18:00" of a time field -> 18. */
export function readTime(text) {
    const found = /^(\d{1,2})[:h](\d{2})$/.exec((text || "").trim());
    return found && Number(found[1]) < 24 && Number(found[2]) < 60
        ? Number(found[1]) + Number(found[2]) / 60
        : null;
}

export function writeTime({ hours, minutes }) {
    return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
