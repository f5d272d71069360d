"""What axe does not ask of a light page, and RGAA 4.1 does."""

import io

import tinyhtml5.parser

# WCAG 1.4.12: a visitor may set these; nothing may be cut or pushed out of the page.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
# As a style sheet of the visitor's own: the page's policy refuses a style element.
SPACED = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
PLAIN = "() => { document.adoptedStyleSheets = []; }"
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
# Each answers the pieces of HTML at fault. A control is what the Tab key reaches.
CHECKS = {
    "10.7 the focus cannot be seen": """
        const at = document.activeElement, faults = [];
        for (const control of controls) {
            control.focus({focusVisible: true, preventScroll: true});
            if (document.activeElement !== control) continue;
            const style = getComputedStyle(control);
            const outlined = style.outlineStyle !== "none"
                && parseFloat(style.outlineWidth) >= 2;
            if (!outlined) faults.push(control);
            control.blur();
        }
        at?.focus?.({preventScroll: true});
        return faults;""",
    "11.13 a field about the visitor does not say its purpose": """
        return [...document.querySelectorAll(
            "input[type=tel], input[type=email], input[name*=name i]:not([type=hidden])"
        )].filter(field => !field.autocomplete);""",
    "12.8 an order of tabulation is forced": """
        return [...document.querySelectorAll("[tabindex]")]
            .filter(node => node.tabIndex > 0);""",
    "13.2 a new window comes unannounced": """
        return [...document.querySelectorAll("a[target=_blank]")].filter(
            link => !/nouvel/i.test(link.textContent + link.title + link.ariaLabel));""",
    "13.8 something moves for more than five seconds": """
        return document.getAnimations()
            .filter(motion => motion.effect.getComputedTiming().endTime > 5000)
            .map(motion => motion.effect.target);""",
}
SCRIPT = """() => {
    const controls = [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary"
    )].filter(node => node.checkVisibility() && !node.disabled);
    const faults = (() => { %s })();
    return faults.map(node => node.outerHTML.slice(0, 200));
}"""


def light_page_faults(tab):
    """Sentences that name what the page open in this tab does wrong."""
    faults = [
        f"{name}: {html}"
        for name, body in CHECKS.items()
        for html in tab.evaluate(SCRIPT % body)
    ]
    return faults + spacing_faults(tab)


def spacing_faults(tab):
    """RGAA 10.12: text that its reader spaces out stays within the page."""
    tab.evaluate(SPACED, SPACING)
    is_wide = tab.evaluate(OVERFLOW) > 0
    tab.evaluate(PLAIN)
    return ["10.12 spaced out, the page scrolls sideways"] if is_wide else []


def grammar_faults(source):
    """RGAA 8.2: what the standard's parser says of a page as the server sent it."""
    parser = tinyhtml5.parser.HTMLParser()
    parser.parse(io.StringIO(source))
    return [
        f"8.2 line {position[0]}: {code} {data}"
        for position, code, data in parser.errors
    ]
