import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Component, useState } from "@odoo/owl";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Lines always kept: headers, and what tells which places the file is about. */
const HEAD = 60;
const ZIP = "PK";

/**
 * Whether a line holds one of the codes: `75056SR16` anywhere, `49+007` as two cells.
 *
 * @param {string[]} codes
 * @returns {(line: string) => boolean}
 */
export function matcher(codes) {
    const whole = codes.filter((code) => !code.includes("+"));
    const cells = codes.filter((code) => code.includes("+")).map((code) => code.split("+"));
    return (line) => {
        if (whole.some((code) => line.includes(code))) {
            return true;
        }
        if (!cells.length) {
            return false;
        }
        const found = new Set(line.split(/[;\t]/).map((cell) => cell.replaceAll('"', "").trim()));
        return cells.some((parts) => parts.every((part) => found.has(part)));
    };
}

/**
 * Keep the first lines of a large text file and those of some places. The others are left
 * empty: a line keeps its number.
 *
 * @param {File | Blob} file
 * @param {string[]} codes see `matcher`; none: every line
 * @param {(read: number) => void} [onProgress] bytes read so far
 * @returns {Promise<{text: string, count: number}>} what is kept, and how many lines
 */
export async function keepLines(file, codes, onProgress = () => {}) {
    try {
        return await keepLinesOf(file, codes, onProgress, "utf-8");
    } catch (error) {
        if (!(error instanceof TypeError)) {
            throw error;
        }
        // files of 2014 to 2022 are in the old Windows alphabet
        return keepLinesOf(file, codes, onProgress, "windows-1252");
    }
}

async function keepLinesOf(file, codes, onProgress, alphabet) {
    const isWanted = matcher(codes);
    const kept = [];
    let count = 0;
    let rest = "";
    let read = 0;
    const sort = (line) => {
        const isKept = kept.length < HEAD || !codes.length || isWanted(line);
        count += isKept;
        kept.push(isKept ? line : "");
    };
    const reader = file.stream().getReader();
    const decoder = new TextDecoder(alphabet, { fatal: true });
    for (;;) {
        const { done, value } = await reader.read();
        if (done) {
            break;
        }
        read += value.byteLength;
        onProgress(read);
        const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
        rest = lines.pop();
        lines.forEach(sort);
    }
    rest += decoder.decode();
    if (rest) {
        sort(rest);
    }
    return { text: kept.join("\n"), count };
}

/** Base64 of a text or of bytes, by pieces: a long argument list would overflow the stack. */
export function toBase64(content) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    let binary = "";
    for (let at = 0; at < bytes.length; at += 0x8000) {
        binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(binary);
}

/**
 * A file of the whole country, read here: only the lines of the place are sent.
 *
 * Options: `codes_field`, the field with the codes, separated by commas; `whole_under`,
 * the size in bytes up to which a file is sent as it is, so that no line of it is lost.
 */
export class LargeFile extends Component {
    static template = "mairie_scrutin.LargeFile";
    static props = { ...standardFieldProps, codesField: String, wholeUnder: Number };

    setup() {
        const { data } = this.props.record;
        const known = data[this.props.name] && data.filename;
        this.state = useState({ status: known || "", failed: false });
    }

    get inputId() {
        return this.props.id || "mairie_large_file";
    }

    get codes() {
        const told = this.props.record.data[this.props.codesField] || "";
        return told.split(", ").filter(Boolean);
    }

    async onChange(ev) {
        const file = ev.target.files[0];
        if (!file) {
            return;
        }
        this.state.failed = false;
        try {
            const { content, status } = await this.read(file);
            const { record, name } = this.props;
            await record.update({ [name]: toBase64(content), filename: file.name });
            this.state.status = status;
        } catch {
            this.state.failed = true;
            this.state.status = _t("This file cannot be read. Choose it again.");
        }
    }

    /** @returns {Promise<{content: string | Uint8Array, status: string}>} what leaves */
    async read(file) {
        const head = await file.slice(0, ZIP.length).text();
        if (head === ZIP || file.size <= this.props.wholeUnder) {
            const content = new Uint8Array(await file.arrayBuffer());
            return { content, status: file.name };
        }
        const { text, count } = await keepLines(file, this.codes, (read) => this.show(read, file));
        const status = _t("%(name)s: %(lines)s lines kept.", { name: file.name, lines: count });
        return { content: text, status };
    }

    show(read, file) {
        const percent = Math.floor((100 * read) / file.size);
        this.state.status = _t("Reading %s %%…", percent);
    }
}

registry.category("fields").add("mairie_large_file", {
    component: LargeFile,
    displayName: _t("Large File"),
    supportedTypes: ["binary"],
    extractProps: ({ options }) => ({
        codesField: options.codes_field,
        wholeUnder: options.whole_under || 0,
    }),
});
