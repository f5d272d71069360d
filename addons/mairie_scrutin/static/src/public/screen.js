// One view after the other; the figures are asked every five seconds. When the server
// is silent the last good view stays, with its age: never a blank screen.
const PERIOD = 5000;
const LOST_AFTER = 15000;
const zone = document.getElementById("ecran");
const lost = document.getElementById("perdu");
const button = document.getElementById("plein-ecran");
let tag = "";
let heard = Date.now();
let shown = "";
let timer = null;

function slides() {
    return [...zone.querySelectorAll("[data-slide]")];
}

function show(id) {
    const rows = slides();
    const current = rows.find((row) => row.dataset.slide === id) || rows[0];
    for (const row of rows) {
        row.hidden = row !== current;
    }
    shown = current ? current.dataset.slide : "";
    return current;
}

function turn(step) {
    const rows = slides();
    const rank = rows.findIndex((row) => row.dataset.slide === shown);
    const next = (rank + (step === -1 ? -1 : 1) + rows.length) % (rows.length || 1);
    play(rows.length ? rows[next].dataset.slide : "");
}

function play(id) {
    const current = show(id);
    clearTimeout(timer);
    timer = setTimeout(turn, 1000 * (Number(current?.dataset.seconds) || 15));
}

function showAge() {
    const silent = Date.now() - heard > LOST_AFTER;
    if (silent && lost.hidden) {
        const hour = new Date(heard);
        const minutes = String(hour.getMinutes()).padStart(2, "0");
        lost.querySelector(".r-since").textContent = `${hour.getHours()} h ${minutes}`;
    }
    lost.hidden = !silent;
}

async function refresh() {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(zone.dataset.source, { headers, cache: "no-store" });
    if (answer.status !== 304 && !answer.ok) {
        return;
    }
    heard = Date.now();
    if (answer.status === 304) {
        return;
    }
    tag = answer.headers.get("ETag") || "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    zone.replaceChildren(...document.importNode(page.body, true).childNodes);
    show(shown);
}

button.addEventListener("click", () => {
    if (document.fullscreenElement) {
        document.exitFullscreen();
    } else {
        document.documentElement.requestFullscreen().catch(() => {});
    }
});
document.getElementById("suivante").addEventListener("click", turn);
// whoever sets the room up has no mouse in hand: the remote control of a projector
document.addEventListener("keydown", ({ key }) => {
    if (["ArrowRight", "PageDown"].includes(key)) {
        turn();
    } else if (["ArrowLeft", "PageUp"].includes(key)) {
        turn(-1);
    }
});
document.addEventListener("fullscreenchange", () => {
    document.body.classList.toggle("e-full", Boolean(document.fullscreenElement));
});
play("");
setInterval(() => {
    refresh()
        .catch(() => {})
        .finally(showAge);
}, PERIOD);
