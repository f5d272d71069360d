import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Component, useState } from "@odoo/owl";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Keep the header and the lines of some constituencies of a large text file.
 *
 * @param {File | Blob} file
 * @param {string[]} codes as `75056SR16`; none: every line
 * @param {(read: number) => void} [onProgress] bytes read so far
 * @returns {Promise<string>}
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
    const kept = [];
    let rest = "";
    let read = 0;
    const sort = (line) => {
        if (!kept.length || !codes.length || codes.some((code) => line.includes(code))) {
            kept.push(line);
        }
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
    return kept.join("\n");
}

/** Base64 of a text, by pieces: a long argument list would overflow the stack. */
export function toBase64(text) {
    const bytes = new TextEncoder().encode(text);
    let binary = "";
    for (let at = 0; at < bytes.length; at += 0x8000) {
        binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(binary);
}

/**
 * A file of the whole country, read here: only the constituency's lines are sent.
 *
 * Option `codes_field`: the field with the codes, separated by commas.
 */
export class CandidaciesFile extends Component {
    static template = "mairie_scrutin.CandidaciesFile";
    static props = { ...standardFieldProps, codesField: String };

    setup() {
        this.state = useState({ status: "", failed: false });
    }

    get inputId() {
        return this.props.id || "candidacies_file";
    }

    async onChange(ev) {
        const file = ev.target.files[0];
        if (!file) {
            return;
        }
        const { record, name, codesField } = this.props;
        const codes = (record.data[codesField] || "").split(", ").filter(Boolean);
        this.state.failed = false;
        try {
            const text = await keepLines(file, codes, (read) => this.show(read, file));
            const lines = text.split("\n").length - 1;
            await record.update({ [name]: toBase64(text), filename: file.name });
            this.state.status = _t("%(name)s: %(lines)s lines kept.", {
                name: file.name,
                lines,
            });
        } catch {
            this.state.failed = true;
            this.state.status = _t("This file cannot be read. Choose it again.");
        }
    }

    show(read, file) {
        const percent = Math.floor((100 * read) / file.size);
        this.state.status = _t("Reading %s %%…", percent);
    }
}

registry.category("fields").add("mairie_candidacies_file", {
    component: CandidaciesFile,
    displayName: _t("File of Candidacies"),
    supportedTypes: ["binary"],
    extractProps: ({ options }) => ({ codesField: options.codes_field }),
});
