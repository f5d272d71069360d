// Keeps a meeting on the device: pages, documents, dossier. One cache per meeting, with the
// version that it holds and since when.
const box = document.getElementById("offline");
const META = "/elus/hors-ligne";

if (box && "serviceWorker" in navigator && "caches" in window) {
    box.hidden = false;
    start().catch(() => show("failed"));
}

function cacheName() {
    return `elus${box.dataset.home}`;
}

function files() {
    const assets = [...document.querySelectorAll("link[rel=stylesheet], script[src]")];
    const addresses = assets.map((node) => node.href || node.src);
    return [...JSON.parse(box.dataset.files), ...addresses];
}

function show(state, since = "") {
    for (const node of box.querySelectorAll("[data-state]")) {
        node.hidden = node.dataset.state !== state;
    }
    box.querySelector("[data-since]").textContent = since;
    box.querySelector("[data-drop]").hidden = !["done", "old", "failed"].includes(state);
    box.querySelector("[data-keep]").hidden = ["done", "busy"].includes(state);
}

async function start() {
    // The buttons answer at once: registering takes a while on a slow telephone.
    box.querySelector("[data-keep]").addEventListener("click", keep);
    box.querySelector("[data-drop]").addEventListener("click", drop);
    await navigator.serviceWorker.register("/elus/sw.js", { scope: "/elus/" });
    const held = await read();
    if (held) {
        show(held.version === box.dataset.version ? "done" : "old", held.since);
    }
}

async function read() {
    if (!(await caches.has(cacheName()))) {
        return null;
    }
    const cache = await caches.open(cacheName());
    const meta = await cache.match(META);
    return meta ? meta.json() : null;
}

async function keep() {
    await caches.delete(cacheName());
    const cache = await caches.open(cacheName());
    const todo = files();
    const count = box.querySelector("[data-count]");
    show("busy");
    try {
        for (const [done, address] of todo.entries()) {
            count.textContent = `${done + 1} / ${todo.length}`;
            const answer = await fetch(address, { cache: "no-store" });
            if (!answer.ok) {
                throw new Error(answer.status);
            }
            await cache.put(address, answer);
        }
        const since = new Date().toLocaleString(document.documentElement.lang, {
            dateStyle: "long",
            timeStyle: "short",
        });
        const meta = { version: box.dataset.version, since };
        await cache.put(META, new Response(JSON.stringify(meta)));
        show("done", since);
    } catch {
        await caches.delete(cacheName());
        show("failed");
    }
}

async function drop() {
    await caches.delete(cacheName());
    show("none");
}
