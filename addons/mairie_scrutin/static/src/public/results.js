// Asks every ten seconds whether the figures changed and replaces the blocks that did.
// Without this file the page stays complete: the visitor reloads it.
const PERIOD = 10000;
const LOST_AFTER = 15000;
const zone = document.getElementById("resultats");
const lost = document.getElementById("perdu");
const announce = document.getElementById("annonce");
let tag = "";
let heard = Date.now();

function phase(node) {
    const found = node.querySelector("[data-phase]");
    return found ? found.dataset.phase : "";
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

// What is read stays where it is: only changed blocks are replaced, those that the
// visitor unfolded stay so, and the focus goes back to where it was.
function replaceBlocks(fresh) {
    const focused = document.activeElement && document.activeElement.id;
    const open = [...zone.querySelectorAll("details[open]")].map((row) => row.id);
    const blocks = new Map(
        [...zone.querySelectorAll("[data-part]")].map((row) => [row.dataset.part, row]),
    );
    const next = [...fresh.querySelectorAll("[data-part]")];
    const same = next.length === blocks.size && next.every((row) => blocks.has(row.dataset.part));
    if (same) {
        for (const row of next) {
            const current = blocks.get(row.dataset.part);
            if (current.outerHTML !== row.outerHTML) {
                current.replaceWith(document.importNode(row, true));
            }
        }
    } else {
        zone.replaceChildren(...document.importNode(fresh, true).childNodes);
    }
    for (const id of open) {
        document.getElementById(id)?.setAttribute("open", "");
    }
    if (focused && document.activeElement.id !== focused) {
        document.getElementById(focused)?.focus({ preventScroll: true });
    }
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
    if (phase(page.body) !== phase(zone)) {
        // Everybody waits for the same second: not all of them reload in it.
        setTimeout(() => location.reload(), Math.random() * 2000);
        return;
    }
    const before = zone.querySelector(".r-said")?.textContent;
    replaceBlocks(page.body);
    const said = zone.querySelector(".r-said")?.textContent;
    if (said && said !== before) {
        announce.textContent = said;
    }
}

if (zone && zone.dataset.live) {
    const turn = () => {
        if (!document.hidden) {
            refresh()
                .catch(() => {})
                .finally(showAge);
        }
    };
    setTimeout(() => setInterval(turn, PERIOD), Math.random() * PERIOD);
    document.addEventListener("visibilitychange", turn);
}
