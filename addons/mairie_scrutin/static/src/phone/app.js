/** The page of a polling station: one phone, one station, with or without network. */
import { Clock } from "./clock.js";
import { h } from "./dom.js";
import { Sender } from "./sender.js";
import { Store } from "./store.js";
import { t } from "./texts.js";
import { pinScreen } from "./screen_pin.js";
import { homeScreen } from "./screen_home.js";
import { dayScreen } from "./screen_day.js";
import { hundredScreen } from "./screen_hundred.js";
import { resultScreen } from "./screen_result.js";
import { photoScreen } from "./screen_photo.js";
import { fallbackScreen } from "./screen_fallback.js";
import { peopleScreen } from "./screen_people.js";
import { tellersScreen } from "./screen_tellers.js";
import { conflictScreen } from "./screen_conflict.js";

const EVERY = 30000;
const SCREENS = {
    home: homeScreen,
    opening: dayScreen,
    closing: dayScreen,
    turnout: dayScreen,
    hundred: hundredScreen,
    result: resultScreen,
    photo: photoScreen,
    fallback: fallbackScreen,
    people: peopleScreen,
    tellers: tellersScreen,
    conflict: conflictScreen,
};

class App {
    constructor(root) {
        this.root = root;
        this.token = location.pathname.split("/")[2];
        this.head = root.dataset;
        this.store = new Store(this.head.store);
        this.sender = new Sender(this.store);
        this.sender.addEventListener("change", () => this.refresh());
        this.sender.addEventListener("put-out", () => this.putOut());
        this.state = null;
        this.operations = [];
        this.screen = { name: "home" };
        this.message = "";
    }

    async start() {
        this.state = (await this.store.get("state")) || null;
        this.operations = await this.store.operations();
        this.device = await this.store.get("device");
        // read again in the middle of a form, the page starts from its tasks
        history.replaceState(this.screen, "");
        this.draw();
        window.addEventListener("online", () => this.update());
        window.addEventListener("popstate", (event) => this.show(event.state || { name: "home" }));
        if (this.device) {
            await this.update();
            this.sender.kick();
        }
        setInterval(() => this.update(), EVERY);
        await this.keepPage();
    }

    /** The page itself stays on the phone: it opens again without network. */
    async keepPage() {
        if (!("serviceWorker" in navigator)) {
            return;
        }
        try {
            await navigator.serviceWorker.register("/bureau/sw.js", { scope: "/bureau/" });
            const cache = await caches.open("bureau-pages");
            const links = [...document.querySelectorAll("link[href], img[src]")];
            const files = links.map(
                (node) => node.getAttribute("href") || node.getAttribute("src"),
            );
            await cache.addAll([...new Set([location.pathname, ...files])]);
        } catch {
            // without a secure address the page needs the network to open, nothing more
        }
    }

    async update() {
        const state = this.device && (await this.sender.fetchState());
        if (state) {
            this.state = state;
            await this.refresh();
        }
    }

    /** Read again what the phone keeps; a form being typed is never drawn again. */
    async refresh() {
        this.operations = await this.store.operations();
        if (this.operations.some((row) => row.status === "received") && this.sender.online) {
            this.later ||= setTimeout(() => this.catchUp(), 300);
        }
        if (["home", "fallback"].includes(this.screen.name) || !this.state) {
            this.draw({ keepFocus: true });
        } else {
            this.drawStatus();
            this.redraw?.();
        }
    }

    async catchUp() {
        this.later = null;
        const known = await this.store.get("caught-up");
        const count = this.operations.filter((row) => row.status === "received").length;
        if (known !== count) {
            await this.store.set("caught-up", count);
            await this.update();
        }
    }

    async putOut() {
        this.device = null;
        this.message = t("put_out");
        await this.store.remove("device");
        this.draw();
    }

    async letIn(token) {
        this.device = token;
        this.message = "";
        await this.store.set("device", token);
        await this.update();
        this.go({ name: "home" });
        this.sender.kick();
    }

    get clock() {
        return new Clock(this.state);
    }

    get waiting() {
        return this.operations.filter((row) => row.status === "queued");
    }

    /** Whether the last sending of some task came back: refused, or another version. */
    get toAnswer() {
        const last = new Map(this.operations.map((row) => [row.task, row.status]));
        return [...last].some(([task, status]) => task && ["refused", "conflict"].includes(status));
    }

    round(id) {
        return this.state.rounds.find((one) => one.id === id);
    }

    draft(key) {
        return this.store.get(`draft-${key}`);
    }

    keepDraft(key, values) {
        return this.store.set(`draft-${key}`, values);
    }

    go(screen) {
        history.pushState(screen, "");
        this.show(screen);
    }

    show(screen) {
        this.screen = screen;
        this.draw();
    }

    back() {
        this.go({ name: "home" });
    }

    async send(operation, message) {
        await this.sender.add(operation);
        await this.store.remove(`draft-${operation.task}`);
        this.operations = await this.store.operations();
        this.message = message || "";
        this.back();
    }

    /** Keep a sending and stay on the screen. */
    async keep(operation) {
        await this.sender.add(operation);
    }

    async forget({ uuid }) {
        await this.store.forget(uuid);
        this.sender.shout();
    }

    async draw({ keepFocus = false } = {}) {
        const turn = (this.turn = {});
        const focused = keepFocus && document.activeElement?.id;
        const asked = this.device && this.state ? SCREENS[this.screen.name] : pinScreen;
        const content = await asked(this);
        if (turn !== this.turn) {
            return;
        }
        document.title = `${content.title} | ${this.head.town}`;
        const heading = h("h1", { tabindex: "-1", id: "title" }, content.title);
        this.root.replaceChildren(
            ...[
                this.rehearsal(),
                h("div", { id: "status", class: "b-status", role: "status" }),
                content.before,
                heading,
                content.body,
            ]
                .flat()
                .filter(Boolean),
        );
        this.drawStatus();
        this.redraw = content.update;
        content.ready?.();
        const target = focused ? document.getElementById(focused) : heading;
        target?.focus({ preventScroll: keepFocus });
        if (!keepFocus) {
            window.scrollTo(0, 0);
        }
        this.root.setAttribute("aria-busy", "false");
    }

    rehearsal() {
        const rehearsed = this.state?.rounds.some((round) => round.rehearsal);
        return rehearsed && h("p", { class: "b-rehearsal" }, h("strong", {}, t("rehearsal")));
    }

    /** Always in sight: what has not left yet. */
    drawStatus() {
        const place = document.getElementById("status");
        if (!place) {
            return;
        }
        const count = this.waiting.length;
        const offline = !this.sender.online || !navigator.onLine;
        let text = "";
        if (count) {
            const key = count > 1 ? "waiting_many" : "waiting_one";
            // a phone that is not let in sends nothing: it only keeps
            const why = offline ? t("offline") : this.device && t("leaving");
            text = [why, t(key, { count })].filter(Boolean).join(" ");
        } else if (offline) {
            text = t("offline_nothing");
        } else if (this.device) {
            text = t(this.toAnswer ? "to_answer" : "all_arrived");
        }
        const kind = count || offline || this.toAnswer ? "warning" : "success";
        place.className = `b-status ${text ? `m-alert m-alert--${kind}` : ""}`;
        if (place.textContent !== text) {
            place.textContent = text;
        }
        place.dataset.waiting = count;
    }
}

const app = new App(document.getElementById("bureau"));
app.start();
