/* « Avec ce téléphone »: shown where the browser can make a key, sent without a library. */
const toBytes = (text) => {
    const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
};

const toText = (buffer) => {
    const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
    return btoa(signs.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

async function post(url, values) {
    const body = new URLSearchParams(values);
    const response = await fetch(url, { method: "POST", body });
    const answer = await response.json();
    if (!response.ok) {
        throw new Error(answer.error);
    }
    return answer;
}

async function makeKey(token) {
    const options = await post("/entrer/cle/debut", { csrf_token: token });
    options.challenge = toBytes(options.challenge);
    // As text: the sign-in page of Odoo reads it back so, and its server refuses else.
    options.user.id = new TextEncoder().encode(options.user.id);
    for (const known of options.excludeCredentials || []) {
        known.id = toBytes(known.id);
    }
    const key = await navigator.credentials.create({ publicKey: options });
    const registration = {
        id: key.id,
        rawId: toText(key.rawId),
        type: key.type,
        clientExtensionResults: key.getClientExtensionResults(),
        response: {
            clientDataJSON: toText(key.response.clientDataJSON),
            attestationObject: toText(key.response.attestationObject),
        },
    };
    return post("/entrer/cle/fin", {
        csrf_token: token,
        registration: JSON.stringify(registration),
    });
}

const section = document.querySelector(".m-entry-key");
if (section && window.PublicKeyCredential && window.isSecureContext) {
    section.hidden = false;
    const button = section.querySelector("button");
    const problem = section.querySelector("[role=alert]");
    const token = section.querySelector("[name=csrf_token]").value;
    button.addEventListener("click", async () => {
        button.disabled = true;
        problem.hidden = true;
        try {
            const { next } = await makeKey(token);
            window.location.assign(next);
        } catch {
            problem.hidden = false;
            button.disabled = false;
        }
    });
}
