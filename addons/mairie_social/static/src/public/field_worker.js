/* global FILES */
/* Keeps « Signaler » openable without a network. The page holds the words of one person:
   it is kept by itself, and dropped as soon as the server shows the sign-in instead. */
const CACHE = "mairie-signaler";
const PAGE = "/signaler";

self.addEventListener("install", (event) => {
    event.waitUntil(
        (async () => {
            const cache = await caches.open(CACHE);
            await cache.addAll(FILES);
            await self.skipWaiting();
        })(),
    );
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function openPage(request) {
    const cache = await caches.open(CACHE);
    try {
        const response = await fetch(request);
        if (response.ok && !response.redirected) {
            await cache.put(PAGE, response.clone());
        } else {
            await cache.delete(PAGE);
        }
        return response;
    } catch (error) {
        const kept = await cache.match(PAGE);
        if (kept) {
            return kept;
        }
        throw error;
    }
}

async function openFile(request) {
    const kept = await caches.match(request, { ignoreSearch: true });
    return kept || fetch(request);
}

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin) {
        return;
    }
    if (pathname === PAGE) {
        event.respondWith(openPage(request));
    } else if (FILES.some((file) => file.split("?")[0] === pathname)) {
        event.respondWith(openFile(request));
    }
});
