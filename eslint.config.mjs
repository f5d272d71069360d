import js from "@eslint/js";
import globals from "globals";

const rules = {
    ...js.configs.recommended.rules,
    "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    "prefer-const": "error",
    eqeqeq: ["error", "always"],
    "no-var": "error",
    "no-console": "error",
};

export default [
    {
        files: ["addons/*/static/src/**/*.js", "addons/*/static/tests/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: { ...globals.browser, luxon: "readonly", odoo: "readonly" },
        },
        rules,
    },
    {
        // Public pages: plain scripts, no bundle, no module loader.
        files: ["addons/*/static/src/public/**/*.js"],
        languageOptions: { ecmaVersion: 2020, sourceType: "script", globals: globals.browser },
        rules,
    },
];
