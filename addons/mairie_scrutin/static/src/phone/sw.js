/* Keeps the page of the station on the phone: it opens again without network.
   __APP__ is written by the server: the version and the files of the page. */
/* global __APP__ */
const APP = __APP__;
const FILES = `bureau-app-${APP.version}`;
const PAGES = "bureau-pages";
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
    event.waitUntil(
        caches
            .open(FILES)
            .then((cache) => cache.addAll(APP.files))
            .then(() => self.skipWaiting()),
    );
});

self.addEventListener("activate", (event) => {
    event.waitUntil(
        caches
            .keys()
            .then((names) =>
                Promise.all(
                    names
                        .filter((name) => name.startsWith("bureau-app-") && name !== FILES)
                        .map((name) => caches.delete(name)),
                ),
            )
            .then(() => self.clients.claim()),
    );
});

self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (url.pathname.startsWith("/bureau/api/")) {
        return;
    }
    if (event.request.mode === "navigate") {
        event.respondWith(openPage(event.request));
    } else {
        event.respondWith(openFile(event.request));
    }
});

/* The network first, not for long; the page kept when it fails or says "not now". */
async function openPage(request) {
    const cache = await caches.open(PAGES);
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    try {
        const signal = kept ? AbortSignal.timeout(PATIENCE) : undefined;
        const answer = await fetch(request, { signal });
        if (answer.ok) {
            await cache.put(request, answer.clone());
            return answer;
        }
        return kept || answer;
    } catch (error) {
        if (kept) {
            return kept;
        }
        throw error;
    }
}

async function openFile(request) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) {
        return kept;
    }
    const answer = await fetch(request);
    if (answer.ok) {
        const cache = await caches.open(PAGES);
        await cache.put(request, answer.clone());
    }
    return answer;
}
