// The page waits by itself: a short question every few seconds, the whole page only when
// something has changed. A silent server leaves the last view, with its hour.
const PERIOD = 3000;
const LOST_AFTER = 15000;
const lost = document.getElementById("perdu");
let heard = Date.now();

function zone() {
    return document.getElementById("vivant");
}

function showAge() {
    const silent = Date.now() - heard > LOST_AFTER;
    if (silent && lost.hidden) {
        const hour = new Date(heard);
        const minutes = String(hour.getMinutes()).padStart(2, "0");
        lost.querySelector(".elus-since").textContent = `${hour.getHours()} h ${minutes}`;
    }
    lost.hidden = !silent;
}

async function ask() {
    const current = zone();
    const answer = await fetch(current.dataset.state, { cache: "no-store" });
    if (!answer.ok) {
        return;
    }
    const { version } = await answer.json();
    heard = Date.now();
    if (version !== current.dataset.version) {
        await redraw(current);
    }
}

async function redraw(current) {
    const answer = await fetch(current.dataset.page, { cache: "no-store" });
    if (!answer.ok) {
        return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("vivant");
    if (fresh) {
        current.replaceWith(document.importNode(fresh, true));
    }
}

setInterval(() => {
    ask()
        .catch(() => {})
        .finally(showAge);
}, PERIOD);
