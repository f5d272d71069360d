/** Hours of the town, whatever the clock and the zone of the phone. */
export class Clock {
    constructor(state) {
        this.zone = state?.timezone || "Europe/Paris";
        this.skew = state?.skew || 0;
    }

    /** Now, as {hours, minutes} in the town. */
    now() {
        return this.parts(new Date(Date.now() + this.skew));
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
